/// The result of `body`, or nil when it takes longer than `limit`: then it is cancelled and waited for.
package func within<Value: Sendable>(
    _ limit: Duration, _ body: @escaping @Sendable () async -> Value
) async -> Value? {
    await withTaskGroup(of: Value?.self) { group in
        group.addTask { await body() }
        group.addTask {
            // Cancelled when the body is done first; the outcome is nil either way and not looked at then.
            try? await Task.sleep(for: limit)
            return nil
        }
        let first = await group.next() ?? nil
        group.cancelAll()
        return first
    }
}
