internal import FoundationEssentials
internal import Glibc

/// Who may write to a run. Every statement that changes a run names its owner and fencing token, so that a
/// process that lost the run to another cannot write to it any more.
package struct RunLease: Sendable, Hashable {
    package var owner: String
    /// Grows by one with each change of owner.
    package var fence: Int64

    package init(owner: String, fence: Int64) {
        self.owner = owner
        self.fence = fence
    }

    /// A name that no other process has: process id and random digits.
    static func ownerName() -> String { "\(getpid())-\(UUID().uuidString.prefix(8).lowercased())" }
}
