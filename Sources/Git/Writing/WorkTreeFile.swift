internal import Files

/// One file of the work tree, read without ever passing through a symbolic link.
///
/// libgit2's own `git_index_add_bypath` follows a link that takes a directory's place and stages what lies outside.
struct WorkTreeFile {
    enum Content {
        case file([UInt8], FileStatus)
        /// Where it points, unread.
        case link([UInt8], FileStatus)
        /// A directory that is not a file any more.
        case directory
        case missing
        /// A directory of its path is this symbolic link: for git the file is not there.
        case behindLink(String)
    }

    let content: Content

    /// The largest file that is staged here, in bytes.
    static let maxSize = 256 << 20

    /// Reads a file below the work tree's top.
    ///
    /// - Throws: `tooLarge`, `failed`.
    init(_ path: TreePath, in workTree: String) throws(GitError) {
        guard var directory = try? OpenFile(workTree, [.directory]) else { throw Self.unreadable(path) }
        let components = path.components
        for component in components.dropLast() {
            do {
                directory = try OpenFile(component, in: directory, [.directory, .noFollow])
            } catch {
                let isLink = (try? directory.status(of: component))?.isLink == true
                guard isLink || error.isMissing else { throw Self.unreadable(path) }
                content = isLink ? .behindLink(component) : .missing
                return
            }
        }
        content = try Self.read(components.last ?? ".", in: directory, path)
    }

    private static func read(_ name: String, in directory: OpenFile, _ path: TreePath) throws(GitError) -> Content {
        let status: FileStatus
        do {
            status = try directory.status(of: name)
        } catch {
            if error.isMissing { return .missing }
            throw unreadable(path)
        }
        switch status.kind {
        case .directory: return .directory
        case .link:
            guard let target = directory.target(ofLink: name) else { throw unreadable(path) }
            return .link(target, status)
        case .pipe, .socket, .other:
            throw GitError(.failed, "\(printable(path.text)) is a device, pipe or socket; git does not track those.")
        case .file: break
        }
        if status.size > maxSize {
            throw GitError(.tooLarge, "\(printable(path.text)) has more than 256 MiB; add it with git itself.")
        }
        do {
            let file = try OpenFile(name, in: directory, [.noFollow, .nonBlocking])
            let status = try file.status()
            guard status.isFile else { throw unreadable(path) }
            let bytes = try file.read(atMost: maxSize, expecting: status.size)
            guard bytes.count <= maxSize else { throw unreadable(path) }
            return .file(bytes, status)
        } catch {
            throw unreadable(path)
        }
    }

    private static func unreadable(_ path: TreePath) -> GitError {
        GitError(.failed, "\(printable(path.text)) cannot be read; check its permissions.")
    }
}
