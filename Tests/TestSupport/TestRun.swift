internal import FoundationEssentials
internal import Glibc
internal import Subprocess
internal import SystemPackage

/// What belongs to one run of the tests: a directory of homes, whose servers are stopped and whose files are
/// removed when the test process ends, however it ends.
package actor TestRun {
    package static let shared = TestRun()

    private var root: String?
    private var count = 0

    /// A new, empty data directory with the `opt` of the machine's own, where scripts/setup has put PostgreSQL.
    package func home(named name: String = "home") async throws -> String {
        let root = try await directory()
        count += 1
        let home = "\(root)/\(count)/\(name)"
        try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true)
        guard symlink(Self.machineHome + "/opt", home + "/opt") == 0 else { throw Errno(rawValue: errno) }
        return home
    }

    private static var machineHome: String {
        let environment = ProcessInfo.processInfo.environment
        if let home = environment["VOCERO_HOME"], !home.isEmpty { return home }
        if geteuid() == 0 { return "/var/lib/vocero" }
        return (environment["XDG_DATA_HOME"] ?? (environment["HOME"] ?? "/") + "/.local/share") + "/vocero"
    }

    private func directory() async throws -> String {
        if let root { return root }
        let path = "/tmp/vocero-tests-\(getpid())-\(UInt32.random(in: 0...UInt32.max))"
        root = path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        try await watch(path)
        return path
    }

    /// The watcher reads from a pipe whose other end only we hold, and never close: the kernel does.
    private func watch(_ path: String) async throws {
        let (readEnd, writeEnd) = try FileDescriptor.pipe()
        _ = fcntl(writeEnd.rawValue, F_SETFD, FD_CLOEXEC)
        var options = PlatformOptions()
        options.createSession = true
        _ = try await Subprocess.run(
            .path("/bin/sh"), arguments: ["-c", Self.watcher, "watcher", path], workingDirectory: "/",
            platformOptions: options, input: .fileDescriptor(readEnd, closeAfterSpawningProcess: true),
            output: .discarded, error: .discarded)
    }

    /// A server is recognised by a path below the directory in its command line.
    private static let watcher = """
        exec 3<&0
        end() {
            grep -lF "$1/" /proc/[0-9]*/cmdline | cut -d / -f 3 | xargs -r kill "-$2"
        }
        (
            cat <&3
            end "$1" QUIT
            sleep 1
            end "$1" KILL
            rm -rf "$1"
        ) >/dev/null 2>&1 &
        """
}
