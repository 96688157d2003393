internal import Store
internal import Assistant

/// Does something with the store, once more each second while the store is away, for as long as the work itself waits
/// for it. `body` is told how often it was tried before: what it did then may have been done, and only not been heard of.
func waitingForStore<Value: Sendable>(
    _ body: (_ before: Int) async throws(StoreError) -> Value
) async throws(StoreError) -> Value {
    let begun = ContinuousClock.now
    var before = 0
    while true {
        do throws(StoreError) {
            return try await body(before)
        } catch {
            guard error.kind == .unavailable, !Task.isCancelled, .now - begun < BatchEngine.longestAbsence else {
                throw error
            }
        }
        before += 1
        // A cancelled wait ends early, and the next try says so.
        try? await Task.sleep(for: .seconds(1))
    }
}
