internal import Files
internal import SystemPackage

extension ServicesError {
    /// A file operation that failed, worded for the user; `action` and `path` where the operation stands for another.
    init(_ error: FileError, doing action: String? = nil, _ path: String? = nil) {
        let action = action ?? error.operation
        let path = path ?? error.path
        let reason = error.reason.lowercased()
        switch error.code {
        case .noSpace, .diskQuotaExceeded:
            self.init(.diskFull, "No space is left to \(action) \(path): free some and run the command again.")
        case .permissionDenied, .notPermitted, .readOnlyFileSystem:
            self.init(
                .permission,
                "Not allowed to \(action) \(path) (\(reason)): give yourself access, or set VOCERO_HOME to a "
                    + "directory of your own.")
        case .notDirectory, .fileExists, .tooManySymbolicLinkLevels:
            self.init(
                .permission,
                "Cannot \(action) \(path) (\(reason)): move away what is in its place, or set VOCERO_HOME to another "
                    + "directory.")
        default:
            self.init(.creationFailed, "Cannot \(action) \(path): \(reason); mend that and run the command again.")
        }
    }
}
