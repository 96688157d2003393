/// The result of `body`, or nil when it takes longer than `limit`: then it is cancelled and waited for.
package func within<Value: Sendable>(
    _ limit: Duration, _ body: @escaping @Sendable () async -> Value
) async -> Value? {
    let (value, wasStopped) = await stopping(after: limit, body)
    return wasStopped ? nil : value
}

/// What `body` gives, also when it took longer than `limit`: then it was cancelled and waited for, and `wasStopped`.
/// For what may have had its effect all the same.
package func stopping<Value: Sendable>(
    after limit: Duration, _ body: @escaping @Sendable () async -> Value
) async -> (value: Value, wasStopped: Bool) {
    await withTaskGroup(of: Value?.self) { group in
        group.addTask { await body() }
        group.addTask {
            await sleep(for: limit)
            return nil
        }
        var wasStopped = false
        for await ended in group {
            group.cancelAll()
            if let ended { return (ended, wasStopped) }
            wasStopped = true
        }
        preconditionFailure("a group ended before its tasks")
    }
}

/// Sleeps in short pieces. What a cancelled `Task.sleep` leaves behind is kept until its time would have come: with ten
/// minutes each, a hundred thousand of them are two hundred megabytes.
private func sleep(for limit: Duration) async {
    let end = ContinuousClock.now + limit
    while !Task.isCancelled {
        let left = end - .now
        guard left > .zero else { return }
        try? await Task.sleep(for: min(left, .seconds(1)))
    }
}
