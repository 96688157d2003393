internal import Synchronization

/// Carries a task's cancellation to a thread that knows no tasks: set by the cancellation handler, looked at between
/// two blocks of work.
package final class StopFlag: Sendable {
    private let flag = Atomic(false)

    package init() {}

    package var isSet: Bool { flag.load(ordering: .relaxed) }

    package func set() { flag.store(true, ordering: .relaxed) }
}
