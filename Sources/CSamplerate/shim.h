#ifndef VOCERO_CSamplerate_SHIM_H
#define VOCERO_CSamplerate_SHIM_H
#include <samplerate.h>
#endif
