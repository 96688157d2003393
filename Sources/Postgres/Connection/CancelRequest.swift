internal import CPostgres
internal import Dispatch
internal import Synchronization

/// One `PQcancel` on a thread of its own: it connects to the server anew, which may take as long as it likes.
///
/// libpq documents `PQcancel` as safe from any thread; it works on a copy of the connection's address and key.
final class CancelRequest: Sendable {
    private let done = Atomic(false)

    init?(_ connection: OpaquePointer?, waking interruption: Interruption) {
        guard let handle = unsafe PQgetCancel(connection) else { return nil }
        // A PGcancel is not used again by anyone but this block, which frees it.
        let address = UInt(bitPattern: handle)
        DispatchQueue(label: "vocero.postgres.cancel").async { [self] in
            guard let handle = unsafe OpaquePointer(bitPattern: address) else { return }
            var reason = [CChar](repeating: 0, count: 256)
            _ = unsafe PQcancel(handle, &reason, Int32(reason.count))
            unsafe PQfreeCancel(handle)
            done.store(true, ordering: .releasing)
            interruption.wake()
        }
    }

    /// The server has signalled the backend, or could not be reached.
    var isDone: Bool { done.load(ordering: .acquiring) }
}
