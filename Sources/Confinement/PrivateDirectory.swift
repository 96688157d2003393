package import Files
internal import FoundationEssentials
internal import Glibc

/// A directory that only this user can look into, gone with all that is in it when nobody holds it any more.
package final class PrivateDirectory: Sendable {
    /// Absolute.
    package let path: String

    /// Below `TMPDIR`, else in `/tmp`.
    package init() throws(FileError) {
        let named = ProcessInfo.processInfo.environment["TMPDIR"]
        let parent = named.flatMap { $0.hasPrefix("/") ? $0 : nil } ?? "/tmp"
        var template = Array((parent + "/vocero-XXXXXX").utf8CString)
        guard unsafe mkdtemp(&template) != nil else { throw FileError.ofLastCall("make a directory in", parent) }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit { Self.remove(path) }

    /// A link is removed, never followed.
    private static func remove(_ path: String) {
        for entry in (try? FileSystem.entries(in: path)) ?? [] {
            let name = path + "/" + entry.name
            if (try? FileStatus(of: name, followingLink: false))?.isDirectory == true {
                remove(name)
            } else {
                try? FileSystem.remove(name)
            }
        }
        try? FileSystem.removeDirectory(path)
    }
}
