internal import Application
internal import Files
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
        do {
            try FileSystem.makeDirectories(home + "/log")
            if let status = try? FileStatus(of: path), status.size > mostBytes {
                // A log that cannot be put aside goes on growing, and that is all.
                try? FileSystem.rename(path, to: path + ".1")
            }
            let log = try OpenFile(path, [.write, .create, .append])
            let nothing = try OpenFile("/dev/null", [.readWrite])
            dup2(log.number, STDERR_FILENO)
            dup2(nothing.number, STDOUT_FILENO)
            withExtendedLifetime((log, nothing)) {}
        } catch {
            throw Failure(.failed, "\(path) cannot be written: \(error.reason)")
        }
        state.withLock { $0 = true }
        // What the log cannot take is told to nobody.
        try? OpenFile.standardError.write("\(Date.now.formatted(.iso8601)) \(hook) in \(directory)\n")
    }
}
