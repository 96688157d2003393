internal import Files
internal import Glibc

/// The lowest priority, for a process that works beside others.
package enum LowPriority {
    /// Of all its threads, which hand it on to those they begin; and of its session, for Linux shares the processor among
    /// sessions first where it does. Where it cannot be had, the work goes on as it is.
    package static func take() {
        for name in FileSystem.names(in: "/proc/self/task") {
            if let thread = id_t(name) { setpriority(Int32(PRIO_PROCESS.rawValue), thread, 19) }
        }
        try? OpenFile("/proc/self/autogroup", [.write]).write("19")
    }
}
