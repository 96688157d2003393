internal import Glibc

/// One file of the work tree, read without ever passing through a symbolic link.
///
/// libgit2's own `git_index_add_bypath` follows a link that takes a directory's place and stages what lies outside.
struct WorkTreeFile {
    enum Content {
        case file(bytes: [UInt8], isExecutable: Bool)
        /// Where it points, unread.
        case link([UInt8])
        /// A directory that is not a file any more.
        case directory
        case missing
        /// A directory of its path is this symbolic link: for git the file is not there.
        case behindLink(String)
    }

    let content: Content
    let status: stat

    /// The largest file that is staged here, in bytes.
    static let maxSize = 256 << 20

    /// Reads a file below the work tree's top.
    ///
    /// - Throws: `tooLarge`, `failed`.
    init(_ path: TreePath, in workTree: String) throws(GitError) {
        var directory = unsafe open(workTree, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard directory >= 0 else { throw Self.unreadable(path) }
        defer { close(directory) }
        let components = path.components
        for component in components.dropLast() {
            let next = unsafe openat(directory, component, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
            guard next >= 0 else {
                let reason = errno
                let isLink = Self.isLink(component, in: directory)
                guard isLink || reason == ENOENT || reason == ENOTDIR else { throw Self.unreadable(path) }
                (content, status) = (isLink ? .behindLink(component) : .missing, stat())
                return
            }
            close(directory)
            directory = next
        }
        (content, status) = try Self.read(components.last ?? ".", in: directory, path)
    }

    private static func read(
        _ name: String, in directory: Int32, _ path: TreePath
    ) throws(GitError) -> (Content, stat) {
        var status = stat()
        guard unsafe fstatat(directory, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
            if errno == ENOENT || errno == ENOTDIR { return (.missing, status) }
            throw unreadable(path)
        }
        switch FileSystem.kind(ofMode: status.st_mode) {
        case .directory: return (.directory, status)
        case .link: return (.link(try target(of: name, in: directory, path)), status)
        case .other:
            throw GitError(.failed, "\(printable(path.text)) is a device, pipe or socket; git does not track those.")
        case .file: break
        }
        if status.st_size > maxSize {
            throw GitError(.tooLarge, "\(printable(path.text)) has more than 256 MiB; add it with git itself.")
        }
        let descriptor = unsafe openat(directory, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
        guard descriptor >= 0 else { throw unreadable(path) }
        defer { close(descriptor) }
        guard unsafe fstat(descriptor, &status) == 0,
            let bytes = FileSystem.contents(ofDescriptor: descriptor, limit: maxSize)
        else { throw unreadable(path) }
        return (.file(bytes: bytes, isExecutable: status.st_mode & S_IXUSR != 0), status)
    }

    private static func target(of name: String, in directory: Int32, _ path: TreePath) throws(GitError) -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: 4_096)
        let count = unsafe buffer.withUnsafeMutableBytes { bytes in
            unsafe readlinkat(
                directory, name, bytes.baseAddress.unsafelyUnwrapped.assumingMemoryBound(to: CChar.self), bytes.count)
        }
        guard count >= 0, count < buffer.count else { throw unreadable(path) }
        return Array(buffer.prefix(count))
    }

    private static func isLink(_ name: String, in directory: Int32) -> Bool {
        var status = stat()
        return unsafe fstatat(directory, name, &status, AT_SYMLINK_NOFOLLOW) == 0
            && FileSystem.kind(ofMode: status.st_mode) == .link
    }

    private static func unreadable(_ path: TreePath) -> GitError {
        GitError(.failed, "\(printable(path.text)) cannot be read; check its permissions.")
    }
}
