internal import Files
internal import SystemPackage

/// Changes files of the work tree through descriptors alone: each directory of a path is opened inside the one before,
/// through no symbolic link, and what is written gets its name in the directory that was opened. A directory that is
/// turned into a link meanwhile leads nothing out.
struct WorkTreeWriter {
    private let top: OpenFile

    init(_ workTree: String) throws(GitError) {
        do {
            top = try OpenFile(workTree, [.directory])
        } catch {
            throw GitError(.failed, "The work tree cannot be opened: \(error)")
        }
    }

    /// - Returns: What the file system says of the new file.
    func write(_ bytes: [UInt8], to path: TreePath, isExecutable: Bool) throws(GitError) -> FileStatus {
        try catching(path) { () throws(FileError) in
            let (directory, name) = try parent(of: path, making: true)
            let new = try NewFile(
                in: directory, passing: .random(prefix: ".vocero-checkout-"), permissions: isExecutable ? 0o777 : 0o666)
            try new.write(bytes)
            try clear(name, in: directory)
            try new.replace(name)
            return try directory.status(of: name)
        }
    }

    func link(_ target: [UInt8], at path: TreePath) throws(GitError) -> FileStatus {
        try catching(path) { () throws(FileError) in
            let (directory, name) = try parent(of: path, making: true)
            try clear(name, in: directory)
            if (try? directory.status(of: name)) != nil { try directory.remove(name) }
            try directory.makeLink(name, to: target)
            return try directory.status(of: name)
        }
    }

    /// An empty directory, where a submodule is.
    func makeDirectory(_ path: TreePath) throws(GitError) {
        try catching(path) { () throws(FileError) in
            let (directory, name) = try parent(of: path, making: true)
            _ = try directory.makeDirectory(name)
        }
    }

    /// Removes a file, and the directories that are empty then. What is a directory by now stays.
    func remove(_ path: TreePath) throws(GitError) {
        var components = path.components
        do throws(FileError) {
            let (directory, name) = try parent(of: path, making: false)
            if try directory.status(of: name).isDirectory {
                // A submodule with something in it stays.
                try? directory.remove(name, isDirectory: true)
                return
            }
            try directory.remove(name)
        } catch {
            // Gone already, or behind a link: for git it is not there.
            guard error.isMissing || error.code == .tooManySymbolicLinkLevels else { throw Self.error(path, error) }
        }
        components.removeLast()
        while !components.isEmpty {
            let name = components.removeLast()
            guard let above = try? directory(components, making: false),
                (try? above.remove(name, isDirectory: true)) != nil
            else { return }
        }
    }

    private func parent(of path: TreePath, making: Bool) throws(FileError) -> (OpenFile, String) {
        let components = path.components
        return (try directory(components.dropLast(), making: making), components.last ?? ".")
    }

    private func directory(_ components: [String].SubSequence, making: Bool) throws(FileError) -> OpenFile {
        var directory = top
        for name in components {
            if making { _ = try directory.makeDirectory(name, permissions: 0o777) }
            directory = try OpenFile(name, in: directory, [.directory, .noFollow])
        }
        return directory
    }

    private func directory(_ components: [String], making: Bool) throws(FileError) -> OpenFile {
        try directory(components[...], making: making)
    }

    /// A directory in a file's place: it is empty, or it is in the way.
    private func clear(_ name: String, in directory: OpenFile) throws(FileError) {
        if let status = try? directory.status(of: name), status.isDirectory {
            try directory.remove(name, isDirectory: true)
        }
    }

    private func catching<Value>(
        _ path: TreePath, _ body: () throws(FileError) -> Value
    ) throws(GitError) -> Value {
        do {
            return try body()
        } catch {
            throw Self.error(path, error)
        }
    }

    private static func error(_ path: TreePath, _ error: FileError) -> GitError {
        let isLink = error.code == .tooManySymbolicLinkLevels || error.code == .notDirectory
        return GitError(
            isLink ? .outside : .failed,
            "\(printable(path.text)) cannot be written: "
                + (isLink ? "a directory of its path is a symbolic link." : error.reasonInSentence + "."))
    }
}
