#ifndef VOCERO_CGit2_SHIM_H
#define VOCERO_CGit2_SHIM_H
#include <git2.h>
#include <git2/sys/mempack.h>
#include <git2/sys/odb_backend.h>
#include <git2/sys/repository.h>
#include <sys/syscall.h>
#include <unistd.h>

/* memfd_create(2) with MFD_CLOEXEC, by its number: its declaration needs _GNU_SOURCE, and with that this module's
   system types would differ from those of Swift's Glibc module. libgit2 parses configuration from files only. */
static inline int vocero_memory_file(const char *name) { return (int)syscall(SYS_memfd_create, name, 1U); }

/* git_libgit2_opts(3) is variadic: one wrapper for each kind of argument. */
static inline int vocero_git_option_set(int option, int value) { return git_libgit2_opts(option, value); }
static inline int vocero_git_option_get(int option, int *value) { return git_libgit2_opts(option, value); }
#endif
