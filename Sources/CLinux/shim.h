#ifndef VOCERO_CLinux_SHIM_H
#define VOCERO_CLinux_SHIM_H
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <signal.h>
#include <spawn.h>
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

/* Landlock (landlock(7)) has no functions in glibc, and the kernel's headers here know fewer versions of it than the
   kernels that this runs on: the numbers are the kernel's interface. */
struct vocero_landlock_ruleset { uint64_t files, network, scopes; };
struct vocero_landlock_path { uint64_t allowed; int32_t directory; } __attribute__((packed));

/* The version of Landlock that the kernel has; 0 where there is none, or where it is switched off. */
static inline int vocero_landlock_version(void) {
    long version = syscall(444, NULL, 0, 1);
    return version < 0 ? 0 : (int)version;
}

static inline int vocero_landlock_allow(int ruleset, const char *path, uint64_t allowed) {
    int directory = open(path, __O_PATH | O_CLOEXEC);
    if (directory < 0) return -errno;
    struct vocero_landlock_path rule = { .allowed = allowed, .directory = directory };
    long result = syscall(445, ruleset, 1, &rule, 0);
    int code = result < 0 ? -errno : 0;
    close(directory);
    return code;
}

/* From here on this thread, and every process that it starts, changes no file but below `writable`, opens and takes no
   TCP connection, and signals nobody outside. Returns 0, or the negated errno. */
static inline int vocero_landlock_restrict(const char *writable) {
    int version = vocero_landlock_version();
    if (version == 0) return -ENOSYS;
    /* WRITE_FILE, and from REMOVE_DIR to MAKE_SYM; then REFER, TRUNCATE and IOCTL_DEV, which came later. */
    uint64_t changes = 1ull << 1 | (1ull << 13) - (1ull << 4);
    if (version >= 2) changes |= 1ull << 13;
    if (version >= 3) changes |= 1ull << 14;
    if (version >= 5) changes |= 1ull << 15;
    struct vocero_landlock_ruleset rules = { .files = changes, .network = 3, .scopes = 3 };
    size_t size = version < 4 ? 8 : version < 6 ? 16 : 24;
    int ruleset = (int)syscall(444, &rules, size, 0);
    if (ruleset < 0) return -errno;
    int code = vocero_landlock_allow(ruleset, writable, changes);
    if (code == 0) code = vocero_landlock_allow(ruleset, "/dev/null", changes & (1ull << 1 | 1ull << 14 | 1ull << 15));
    if (code == 0 && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0) code = -errno;
    if (code == 0 && syscall(446, ruleset, 0) < 0) code = -errno;
    close(ruleset);
    return code;
}

/* pipe2(2), whose name unistd.h shows only to programs that ask for GNU extensions. Both ends are closed in children. */
static inline int vocero_pipe(int numbers[2]) { return (int)syscall(SYS_pipe2, numbers, O_CLOEXEC); }

/* Starts a program in a session of its own, so that it has no terminal to ask on, with these three streams and no
   other descriptor, and with the usual signals. The child has the calling thread's restrictions. Returns 0, or an
   errno. */
static inline int vocero_spawn(
    int *process, const char *path, char *const arguments[], char *const environment[], const char *directory,
    int input, int output, int error) {
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t none, all;
    pid_t child = 0;
    sigemptyset(&none);
    sigfillset(&all);
    int code = posix_spawn_file_actions_init(&actions);
    if (code != 0) return code;
    code = posix_spawnattr_init(&attributes);
    if (code != 0) {
        posix_spawn_file_actions_destroy(&actions);
        return code;
    }
    /* 0x80 is POSIX_SPAWN_SETSID, which spawn.h shows only to programs that ask for GNU extensions. */
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | 0x80);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    if (code == 0) code = posix_spawn_file_actions_addchdir_np(&actions, directory);
    if (code == 0) code = posix_spawn_file_actions_adddup2(&actions, input, 0);
    if (code == 0) code = posix_spawn_file_actions_adddup2(&actions, output, 1);
    if (code == 0) code = posix_spawn_file_actions_adddup2(&actions, error, 2);
    if (code == 0) code = posix_spawn_file_actions_addclosefrom_np(&actions, 3);
    if (code == 0) code = posix_spawn(&child, path, &actions, &attributes, arguments, environment);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    *process = child;
    return code;
}
#endif
