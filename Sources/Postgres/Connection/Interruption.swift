internal import CPostgres
internal import Synchronization

/// How a cancelled task reaches the thread that waits for the server: a flag, and a descriptor that
/// the thread polls beside its socket.
final class Interruption: Sendable {
    let descriptor: Int32
    private let raised = Atomic(false)

    init() {
        descriptor = pq_wake_make()
    }

    deinit {
        if descriptor >= 0 { pq_wake_free(descriptor) }
    }

    var isRaised: Bool { raised.load(ordering: .acquiring) }

    func raise() {
        raised.store(true, ordering: .releasing)
        wake()
    }

    /// Lets the waiting thread look again, without a cancellation.
    func wake() {
        if descriptor >= 0 { pq_wake_raise(descriptor) }
    }

    /// Takes the wake-up, so that the next wait sleeps again.
    func lower() {
        if descriptor >= 0 { pq_wake_lower(descriptor) }
    }

    /// Before each use of the connection: what interrupted the last one does not interrupt the next.
    func reset() {
        raised.store(false, ordering: .releasing)
        lower()
    }
}
