internal import CGit2
internal import Files

/// Files in git's configuration syntax that are not a repository's own: settings, policies.
package enum GitConfigurationFile {
    /// The largest file that is read, in bytes.
    package static let maxSize = 1 << 20

    /// The entries of a file in their order: `section.Sub Section.name`, section and name in lower case.
    ///
    /// Included files are never read: a file that has an `include` section is refused. A name without `=` has the
    /// value `true`.
    ///
    /// - Throws: `notFound` when there is no file, `tooLarge`, or `failed` with the line that is wrong.
    package static func entries(ofFile path: String) throws(GitError) -> [(key: String, value: String)] {
        try refusingIncludes(try bytes(ofFile: path), name: path)
    }

    /// The name of the entry that ``sections(ofFile:)`` puts first in each section.
    package static var sectionMark: String { ConfigurationSections.mark }

    /// The same with an entry ``sectionMark`` before those of each section, also where several have one name.
    package static func sections(ofFile path: String) throws(GitError) -> [(key: String, value: String)] {
        try refusingIncludes(ConfigurationSections.marked(try bytes(ofFile: path)), name: path)
    }

    /// The entries of a text; `name` is what errors call it.
    package static func entries(
        ofText text: String, name: String = "the configuration"
    ) throws(GitError) -> [(key: String, value: String)] {
        try refusingIncludes(Array(text.utf8), name: name)
    }

    /// The entries of a file without what it includes.
    static func entriesWithoutIncludes(ofFile path: String) throws(GitError) -> [(key: String, value: String)] {
        var bytes = try bytes(ofFile: path)
        _ = disarmIncludes(in: &bytes)
        return try parse(bytes, name: path)
    }

    private static func bytes(ofFile path: String) throws(GitError) -> [UInt8] {
        if let bytes = try? FileSystem.contents(of: path, limit: maxSize) { return bytes }
        guard let status = try? FileStatus(of: path) else { throw GitError(.notFound, "There is no \(path).") }
        if status.isFile && status.size > maxSize {
            throw GitError(.tooLarge, "\(path) has more than 1 MiB; a configuration file is smaller.")
        }
        throw GitError(.failed, "\(path) cannot be read; make it a regular file that you may read.")
    }

    private static func refusingIncludes(
        _ bytes: [UInt8], name: String
    ) throws(GitError) -> [(key: String, value: String)] {
        var bytes = bytes
        if bytes.count > maxSize {
            throw GitError(.tooLarge, "\(name) has more than 1 MiB; a configuration file is smaller.")
        }
        if let line = disarmIncludes(in: &bytes) {
            throw GitError(
                .unsupported(feature: "include"),
                "\(name) includes another file on line \(line); copy its settings here, includes are not read.")
        }
        return try parse(bytes, name: name)
    }

    /// Renames every section whose name begins with `include`, so that libgit2 opens no other file.
    ///
    /// More than it must: a value that holds `[include` is changed too.
    ///
    /// - Returns: The first line that has one.
    static func disarmIncludes(in bytes: inout [UInt8]) -> Int? {
        let word = Array("include".utf8)
        var line = 1
        var found: Int?
        for index in bytes.indices {
            if bytes[index] == UInt8(ascii: "\n") { line += 1 }
            guard bytes[index] == UInt8(ascii: "[") else { continue }
            var start = index + 1
            while start < bytes.count, bytes[start] <= 0x20 { start += 1 }
            guard start + word.count <= bytes.count,
                zip(bytes[start...], word).allSatisfy({ $0 | 0x20 == $1 })
            else { continue }
            bytes[start] = UInt8(ascii: "x")
            found = found ?? line
        }
        return found
    }

    /// libgit2 parses files only: the text is put into one that has no name.
    private static func parse(_ bytes: [UInt8], name: String) throws(GitError) -> [(key: String, value: String)] {
        if bytes.contains(0) { throw GitError(.failed, "\(name) holds a NUL byte; it is no configuration file.") }
        try LibGit2.start()
        guard let file = MemoryFile(bytes) else {
            throw GitError(.failed, "There is no memory for a temporary file.")
        }
        defer { withExtendedLifetime(file) {} }
        let path = file.path
        do throws(GitError) {
            let configuration = try unsafe Handle("parse \(name)", git_config_free) {
                unsafe git_config_open_ondisk($0, path)
            }
            return try unsafe ConfigurationReader.entries(of: configuration.pointer).map { ($0.key, $0.value) }
        } catch {
            throw GitError(error.kind, error.message.replacing(path, with: name))
        }
    }
}
