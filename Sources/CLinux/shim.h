#ifndef VOCERO_CLinux_SHIM_H
#define VOCERO_CLinux_SHIM_H
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Flags that fcntl.h shows only to programs that ask for GNU extensions. */
static const int vocero_o_path = __O_PATH;
static const int vocero_o_tmpfile = __O_TMPFILE;

/* memmem(3), likewise. */
extern void *memmem(const void *haystack, size_t haystack_length, const void *needle, size_t needle_length);

/* openat2(2) has no function in glibc 2.36. Returns a descriptor, or the negated errno. */
static inline int vocero_openat2(int directory, const char *path, uint64_t flags, uint64_t mode, uint64_t resolve) {
    struct open_how how = { .flags = flags, .mode = mode, .resolve = resolve };
    long result = syscall(SYS_openat2, directory, path, &how, sizeof how);
    return result < 0 ? -errno : (int)result;
}

/* renameat2(2). Returns 0, or the negated errno. */
static inline int vocero_renameat2(
    int from_directory, const char *from, int to_directory, const char *to, unsigned int flags) {
    long result = syscall(SYS_renameat2, from_directory, from, to_directory, to, flags);
    return result < 0 ? -errno : 0;
}

/* prctl(2) is variadic. No core file, no ptrace or /proc/PID/mem by other processes of the same user. */
static inline int vocero_set_undumpable(void) { return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0); }
#endif
