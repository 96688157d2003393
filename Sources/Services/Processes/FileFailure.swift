internal import Glibc

/// An `errno` of a file operation, worded for the user.
struct FileFailure {
    let code: Int32
    let action: String
    let path: String

    init(_ code: Int32, _ action: String, _ path: String) {
        self.code = code
        self.action = action
        self.path = path
    }

    var servicesError: ServicesError {
        switch code {
        case ENOSPC, EDQUOT:
            ServicesError(.diskFull, "No space is left to \(action) \(path): free some and run the command again.")
        case EACCES, EPERM, EROFS:
            ServicesError(
                .permission,
                "Not allowed to \(action) \(path) (\(reason)): give yourself access, or set VOCERO_HOME to a "
                    + "directory of your own.")
        case ENOTDIR, EEXIST, ELOOP:
            ServicesError(
                .permission,
                "Cannot \(action) \(path) (\(reason)): move away what is in its place, or set VOCERO_HOME to another "
                    + "directory.")
        default:
            ServicesError(
                .creationFailed, "Cannot \(action) \(path): \(reason); mend that and run the command again.")
        }
    }

    private var reason: String { String(cString: strerror(code)).lowercased() }
}
