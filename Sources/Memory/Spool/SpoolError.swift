internal import Assistant
internal import Files

extension JournalError {
    /// A failed operation on a file of the spool.
    static func spool(_ doing: String, _ error: FileError, _ path: String? = nil) -> JournalError {
        JournalError(
            .unavailable,
            "The local spool could not be used: \(doing) \(path ?? error.path) failed (\(error.reason)). Make room there."
        )
    }
}
