internal import Synchronization

/// Runs what must be finished although the run was cancelled (the record of an effect that happened), and waits
/// for it: the task has its owner in the caller.
package func shielded<Value: Sendable, Failure: Error>(
    _ body: @escaping @Sendable () async throws(Failure) -> Value
) async throws(Failure) -> Value {
    try await task(of: body).value.get()
}

/// The same, but for no longer than `grace` once the caller was cancelled: then the body is cancelled as well. A person
/// who wants to leave is not kept by a store that hangs.
package func shielded<Value: Sendable, Failure: Error>(
    for grace: Duration, _ body: @escaping @Sendable () async throws(Failure) -> Value
) async throws(Failure) -> Value {
    let task = task(of: body)
    let timer = Mutex<Task<Void, Never>?>(nil)
    let result = await withTaskCancellationHandler {
        await task.value
    } onCancel: {
        timer.withLock {
            $0 = Task {
                // Cancelled when the body is done before.
                try? await Task.sleep(for: grace)
                task.cancel()
            }
        }
    }
    timer.withLock { $0?.cancel() }
    return try result.get()
}

/// Knows nothing of its caller's cancellation.
private func task<Value: Sendable, Failure: Error>(
    of body: @escaping @Sendable () async throws(Failure) -> Value
) -> Task<Result<Value, Failure>, Never> {
    Task {
        do throws(Failure) {
            return .success(try await body())
        } catch {
            return .failure(error)
        }
    }
}
