internal import Assistant
internal import FoundationEssentials
internal import Glibc

extension JournalError {
    /// A failed system call on a file of the spool.
    static func spool(_ doing: String, _ path: String, errno code: Int32 = errno) -> JournalError {
        let reason = String(cString: strerror(code))
        return JournalError(
            .unavailable, "The local spool could not be used: \(doing) \(path) failed (\(reason)). Make room there.")
    }
}
