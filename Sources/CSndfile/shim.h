#ifndef VOCERO_CSndfile_SHIM_H
#define VOCERO_CSndfile_SHIM_H
#include <sndfile.h>
#endif
