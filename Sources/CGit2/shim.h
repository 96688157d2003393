#ifndef VOCERO_CGit2_SHIM_H
#define VOCERO_CGit2_SHIM_H
#include <git2.h>
#endif
