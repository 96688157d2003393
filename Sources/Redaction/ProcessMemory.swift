internal import CLinux
internal import Glibc

/// Keeps what a process knows in the process.
package enum ProcessMemory {
    /// No core file, and no reading of this process's memory by others of the same user (`PR_SET_DUMPABLE` 0,
    /// `RLIMIT_CORE` 0). First thing in `main`; holds for children too, as far as the core file goes.
    ///
    /// - Returns: Whether the system agreed to both.
    @discardableResult
    package static func hide() -> Bool {
        var none = rlimit(rlim_cur: 0, rlim_max: 0)
        let hasNoCore = unsafe setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none) == 0
        return vocero_set_undumpable() == 0 && hasNoCore
    }
}
