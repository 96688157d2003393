#ifndef VOCERO_CGit2_SHIM_H
#define VOCERO_CGit2_SHIM_H
#include <git2.h>
#include <git2/sys/repository.h>

/* git_libgit2_opts(3) is variadic: one wrapper for each kind of argument. */
static inline int vocero_git_option_set(int option, int value) { return git_libgit2_opts(option, value); }
static inline int vocero_git_option_get(int option, int *value) { return git_libgit2_opts(option, value); }
#endif
