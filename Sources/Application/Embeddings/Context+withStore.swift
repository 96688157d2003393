internal import Settings

extension Context {
    /// Opens the store for a body and closes it whatever happens.
    package func withStore<Value>(_ body: (OpenStore) async throws -> Value) async throws -> Value {
        let store = try await openStore()
        do {
            let value = try await body(store)
            if store.broughtIn > 0 { await BackgroundFilling(self).start(maxCost: settings.limits.cost) }
            await store.close()
            return value
        } catch {
            await store.close()
            throw error
        }
    }
}
