internal import FoundationEssentials

/// A directory of a test's own, removed when the last reference goes.
package final class TemporaryDirectory: Sendable {
    package let path: String

    package init(prefix: String = "vocero-test") throws {
        // Every test that starts a program has a directory first.
        BrokenPipes.areIgnored
        path = temporaryRoot() + "\(prefix)-\(UUID().uuidString.prefix(13))"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// The path of an entry inside.
    package func file(_ name: String) -> String { path + "/" + name }

    /// Writes a file inside, making its directories, and returns its path.
    @discardableResult
    package func write(_ name: String, _ bytes: some Sequence<UInt8>) throws -> String {
        let path = file(name)
        let parent = String(path[..<(path.lastIndex(of: "/") ?? path.endIndex)])
        try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
        try Data(bytes).write(to: URL(filePath: path))
        return path
    }

    /// Writes a text file inside and returns its path.
    @discardableResult
    package func write(_ name: String, _ text: String) throws -> String { try write(name, text.utf8) }
}

private func temporaryRoot() -> String {
    let path = FileManager.default.temporaryDirectory.path
    return path.hasSuffix("/") ? path : path + "/"
}
