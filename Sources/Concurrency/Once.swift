internal import Synchronization

/// Does something the first time it is called, and never again.
package final class Once: Sendable {
    private let isDone = Atomic(false)
    private let body: @Sendable () -> Void

    package init(_ body: @escaping @Sendable () -> Void) { self.body = body }

    package func callAsFunction() {
        if !isDone.exchange(true, ordering: .acquiringAndReleasing) { body() }
    }
}
