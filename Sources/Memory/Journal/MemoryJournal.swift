package import Assistant
package import Store

/// A memory as the run loop knows it: what the store says becomes the journal's error here, and nowhere else.
package struct MemoryJournal: ReplayableJournal {
    private let store: MemoryStore

    package init(_ store: MemoryStore) { self.store = store }

    package var owner: String { store.owner }
    package func lease(of run: RunID) -> RunLease? { store.runsOwned[run]?.lease }

    package func begin(_ opening: RunOpening) async throws(JournalError) -> OpenedRun {
        try await journalled { () async throws(StoreError) in try await store.begin(opening) }
    }

    package func recall(
        for run: OpenedRun, text: String, tokenBudget: Int
    ) async throws(JournalError) -> RecalledContext {
        try await journalled { () async throws(StoreError) in
            try await store.recall(for: run, text: text, tokenBudget: tokenBudget)
        }
    }

    package func record(step: StepRecord) async throws(JournalError) {
        try await journalled { () async throws(StoreError) in try await store.record(step: step) }
    }

    package func record(call: ToolCallRecord) async throws(JournalError) {
        try await journalled { () async throws(StoreError) in try await store.record(call: call) }
    }

    package func beginChild(_ child: ChildRunOpening) async throws(JournalError) {
        try await journalled { () async throws(StoreError) in try await store.beginChild(child) }
    }

    package func finish(_ closing: RunClosing) async throws(JournalError) {
        try await journalled { () async throws(StoreError) in try await store.finish(closing) }
    }

    package func replay(_ records: [JournalRecord], of run: RunID, lease: RunLease) async throws(JournalError) {
        try await journalled { () async throws(StoreError) in
            try await store.replay(records, of: run, lease: lease)
        }
    }

    private func journalled<Value: Sendable>(
        _ body: () async throws(StoreError) -> Value
    ) async throws(JournalError) -> Value {
        do throws(StoreError) {
            return try await body()
        } catch {
            throw JournalError(error)
        }
    }
}

extension JournalError {
    package init(_ error: StoreError) {
        let kind: Kind =
            switch error.kind {
            case .unavailable: .unavailable
            case .configuration: .configuration
            case .fenced: .fenced
            case .notFound: .notFound
            case .failed: .failed
            case .cancelled: .cancelled
            }
        self.init(kind, error.message, causes: error.causes)
    }
}
