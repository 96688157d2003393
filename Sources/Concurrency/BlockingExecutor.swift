internal import Dispatch

/// An actor executor that runs its jobs one at a time on a queue of its own, so that a blocking C call
/// holds one thread of that queue and none of Swift's cooperative pool.
///
/// Give one to each handle: measured on two cores, a concurrent queue delays timers, a serial one does not.
package final class BlockingExecutor: SerialExecutor {
    private let queue: DispatchQueue

    package init(label: String) {
        queue = DispatchQueue(label: label)
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        let unowned = UnownedJob(job)
        queue.async { unowned.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }

    package func asUnownedSerialExecutor() -> UnownedSerialExecutor {
        UnownedSerialExecutor(ordinary: self)
    }
}

/// Runs one blocking closure off the cooperative pool and waits for it.
///
/// For single calls without a handle of their own (a file copy, a probe); what has a handle is an actor
/// with a ``BlockingExecutor``.
package func blocking<Value: Sendable, Failure: Error>(
    label: String, _ body: @escaping @Sendable () throws(Failure) -> Value
) async throws(Failure) -> Value {
    let result: Result<Value, Failure> = await withCheckedContinuation { continuation in
        DispatchQueue(label: label).async {
            do throws(Failure) {
                continuation.resume(returning: .success(try body()))
            } catch {
                continuation.resume(returning: .failure(error))
            }
        }
    }
    return try result.get()
}
