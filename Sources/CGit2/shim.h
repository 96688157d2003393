#ifndef VOCERO_CGit2_SHIM_H
#define VOCERO_CGit2_SHIM_H
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <git2.h>
#include <git2/sys/repository.h>
#include <sys/mman.h>

/* memfd_create(2), which Swift's Glibc module does not show: libgit2 parses configuration from files only. */
static inline int vocero_memory_file(const char *name) { return memfd_create(name, MFD_CLOEXEC); }

/* git_libgit2_opts(3) is variadic: one wrapper for each kind of argument. */
static inline int vocero_git_option_set(int option, int value) { return git_libgit2_opts(option, value); }
static inline int vocero_git_option_get(int option, int *value) { return git_libgit2_opts(option, value); }
#endif
