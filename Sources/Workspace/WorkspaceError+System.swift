internal import Files
internal import SystemPackage

extension WorkspaceError {
    /// What a failed system call means for a path.
    init(_ code: Errno, _ path: WorkspacePath, doing verb: String) {
        let name = Self.quoted(path.description)
        switch code {
        case .noSuchFileOrDirectory:
            self.init(.notFound, "There is no \(name) in the workspace.")
        case .fileExists:
            self.init(.exists, "\(name) exists already.")
        case .tooManySymbolicLinkLevels, .improperLink:
            self.init(.outside, "\(name) is or passes through a symbolic link, and links are never followed.")
        case .notDirectory:
            self.init(.notADirectory, "\(name) is not a directory, or something above it is not.")
        case .isDirectory, .noSuchAddressOrDevice, .operationNotSupportedByDevice:
            self.init(.notAFile, "\(name) is not a regular file.")
        case .directoryNotEmpty:
            self.init(.directoryNotEmpty, "The directory \(name) is not empty.")
        case .noSpace, .diskQuotaExceeded:
            self.init(.noSpace, "There is no space left to write \(name); nothing was changed.")
        case .permissionDenied, .notPermitted, .readOnlyFileSystem:
            self.init(.permission, "No permission to \(verb) \(name).")
        case .fileTooLarge:
            self.init(.tooLarge, "\(name) would be larger than the system allows.")
        case .fileNameTooLong:
            self.init(.invalidPath, "The path \(name) is too long for the file system.")
        case .resourceTemporarilyUnavailable, .staleNFSFileHandle:
            self.init(.conflict, "\(name) was being changed by something else; try again.")
        default:
            self.init(.failed, "Could not \(verb) \(name): \(FileError(verb, name, code).reason).")
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
