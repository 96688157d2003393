internal import Application
internal import FoundationEssentials
internal import Glibc
internal import Synchronization

/// The log of what hooks do in the background: their process is detached from the terminal, and what it would say on
/// stderr is appended there.
enum HookLog {
    /// Then the log is put aside as `hooks.log.1`.
    private static let mostBytes = 1 << 20

    static var isOpen: Bool { state.withLock { $0 } }
    private static let state = Mutex(false)

    static func detach(home: String, hook: String, directory: String) throws {
        // No process group leader: the shell that started it without job control is.
        setsid()
        let path = home + "/log/hooks.log"
        try FileManager.default.createDirectory(
            atPath: home + "/log", withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        var status = stat()
        if stat(path, &status) == 0, status.st_size > mostBytes { rename(path, path + ".1") }
        let log = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard log >= 0 else {
            throw Failure(.failed, "\(path) cannot be written: \(String(cString: strerror(errno)))")
        }
        let nothing = open("/dev/null", O_RDWR | O_CLOEXEC)
        dup2(log, STDERR_FILENO)
        dup2(nothing, STDOUT_FILENO)
        close(log)
        close(nothing)
        state.withLock { $0 = true }
        let line = "\(Date.now.formatted(.iso8601)) \(hook) in \(directory)\n"
        _ = line.withCString { write(STDERR_FILENO, $0, strlen($0)) }
    }
}
