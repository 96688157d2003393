internal import Glibc

extension WorkspaceError {
    /// What a failed system call means for a path.
    init(_ failure: SystemFailure, _ path: WorkspacePath, doing verb: String) {
        let name = Self.quoted(path.description)
        switch failure.code {
        case ENOENT:
            self.init(.notFound, "There is no \(name) in the workspace.")
        case EEXIST:
            self.init(.exists, "\(name) exists already.")
        case ELOOP, EXDEV:
            self.init(.outside, "\(name) is or passes through a symbolic link, and links are never followed.")
        case ENOTDIR:
            self.init(.notADirectory, "\(name) is not a directory, or something above it is not.")
        case EISDIR, ENXIO, ENODEV:
            self.init(.notAFile, "\(name) is not a regular file.")
        case ENOTEMPTY:
            self.init(.directoryNotEmpty, "The directory \(name) is not empty.")
        case ENOSPC, EDQUOT:
            self.init(.noSpace, "There is no space left to write \(name); nothing was changed.")
        case EACCES, EPERM, EROFS:
            self.init(.permission, "No permission to \(verb) \(name).")
        case EFBIG:
            self.init(.tooLarge, "\(name) would be larger than the system allows.")
        case ENAMETOOLONG:
            self.init(.invalidPath, "The path \(name) is too long for the file system.")
        case EAGAIN, ESTALE:
            self.init(.conflict, "\(name) was being changed by something else; try again.")
        default:
            self.init(.failed, "Could not \(verb) \(name): \(unsafe String(cString: strerror(failure.code))).")
        }
    }

    static func notText(_ path: WorkspacePath) -> WorkspaceError {
        WorkspaceError(.binary, "\(quoted(path.description)) is not UTF-8 text.")
    }

    static func tooLarge(_ path: WorkspacePath, limit: Int) -> WorkspaceError {
        WorkspaceError(.tooLarge, "\(quoted(path.description)) is larger than \(limit >> 10) KiB.")
    }

    static func changed(_ path: WorkspacePath) -> WorkspaceError {
        WorkspaceError(.conflict, "\(quoted(path.description)) changed since it was looked at; look again.")
    }

    static let wasCancelled = WorkspaceError(.cancelled, "Cancelled.")
}
