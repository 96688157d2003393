internal import Files
internal import Glibc

/// The few questions about files that opening a repository asks.
extension FileSystem {
    /// What a path is, links not followed; nil when nothing is there.
    static func kind(of path: String) -> FileStatus.Kind? { (try? FileStatus(of: path, followingLink: false))?.kind }

    static func device(of path: String) -> UInt? {
        (try? FileStatus(of: path, followingLink: false))?.identity.device
    }

    /// Of the environment.
    static func variable(_ name: String) -> String? {
        unsafe getenv(name).map { unsafe String(cString: $0) }
    }

    static func isExecutableFile(_ path: String) -> Bool {
        (try? FileStatus(of: path))?.isFile == true && isExecutable(path)
    }

    /// Absolute and without links; nil when it does not exist.
    static func resolved(_ path: String) -> String? { try? realPath(path) }

    /// `path` as seen from `directory`.
    static func join(_ directory: String, _ path: String) -> String {
        if path.hasPrefix("/") { return path }
        return directory.hasSuffix("/") ? directory + path : directory + "/" + path
    }

    /// The first line of a small regular file; nil when there is none.
    static func firstLine(ofFile path: String) -> String? {
        guard let bytes = try? contents(of: path, limit: 1 << 16) else { return nil }
        let line = bytes.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
        return String(decoding: line, as: UTF8.self)
    }

    static func lines(ofFile path: String, limit: Int = 1 << 20) -> [Substring] {
        guard let bytes = try? contents(of: path, limit: limit) else { return [] }
        return String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
    }
}
