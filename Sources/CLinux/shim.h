#ifndef VOCERO_CLinux_SHIM_H
#define VOCERO_CLinux_SHIM_H
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif
