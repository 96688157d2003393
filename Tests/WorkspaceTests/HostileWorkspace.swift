import Glibc
import TestSupport
import Workspace

/// A workspace full of traps beside a directory that nothing may touch.
struct HostileWorkspace: Sendable {
    let directory: TemporaryDirectory
    var root: String { directory.file("root") }
    var outside: String { directory.file("outside") }

    init() throws {
        directory = try TemporaryDirectory()
        try directory.write("outside/secret", "SECRET\n")
        try directory.write("outside/sub/kept", "KEPT\n")
        try directory.write("root/docs/a", "inside\n")
        try directory.write("root/.git/config", "[core]\n")
        for (name, target) in Self.links(root: root, outside: outside) { symlink(target, root + "/" + name) }
        mkfifo(root + "/fifo", 0o600)
        mkfifo(root + "/docs/fifo", 0o600)
        Self.makeSocket(root + "/socket")
        link(outside + "/secret", root + "/hardlink")
    }

    private static func links(root: String, outside: String) -> [(String, String)] {
        [
            ("linkfile", outside + "/secret"), ("linkdir", "../outside"), ("dangling", "../outside/new"),
            ("loop", "loop"),
            ("loopa", "loopb"), ("loopb", "loopa"), ("looproot", "."), ("linkup", ".."),
            ("linkproc", "/proc/self/root"),
            ("linkself", "/proc/self/root/etc"), ("linkdev", "/dev/zero"), ("linkfd", "/proc/self/fd/0"),
            ("linkgit", ".git"),
            ("docs/link", "../../outside"), ("docs/linkabsolute", outside + "/secret"), ("linkchain", "linkdir"),
            ("linkroot", "/"),
            ("linkcwd", "/proc/self/cwd"), ("docs/linkhere", "../docs"),
        ]
    }

    /// Everything outside as one text; changes when anything there does.
    func outsideState() throws -> String {
        var state = ""
        for name in ["secret", "sub/kept"] {
            state += name + ":" + (contents(outside + "/" + name) ?? "gone") + ";"
        }
        return state + entries(outside).joined(separator: ",") + ";" + entries(outside + "/sub").joined(separator: ",")
            + ";" + entries(directory.path).joined(separator: ",") + (contents(root + "/.git/config") ?? "gone")
            + entries(root + "/.git").joined(separator: ",")
    }

    func contents(_ path: String) -> String? {
        guard let file = fopen(path, "r") else { return nil }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 4_096)
        let count = fread(&bytes, 1, bytes.count, file)
        return String(decoding: bytes[..<count], as: UTF8.self)
    }

    func entries(_ path: String) -> [String] {
        guard let stream = opendir(path) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            names.append(
                withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                    pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                })
        }
        return names.filter { $0 != "." && $0 != ".." }.sorted()
    }

    private static func makeSocket(_ path: String) {
        let number = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(number) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        guard bytes.count < 108 else { return }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        _ = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(number, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }
}
