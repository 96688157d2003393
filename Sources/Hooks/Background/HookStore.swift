internal import Application
internal import Assistant
internal import Redaction
internal import Settings

/// Where a background job's turns go: the store, or the spool alone when it cannot be opened.
struct HookStore: Sendable {
    private let store: OpenStore?
    let journal: any Journal

    static func open(_ run: HookRun) async -> HookStore {
        do {
            let store = try await run.context.openStore(spoolsFromStart: true)
            return HookStore(store: store, journal: store.journal)
        } catch {
            let reason = run.context.redactor.redacted(Failure(any: error).message)
            run.reporter.notice("the store is away, the turn is spooled: \(reason)")
            return HookStore(store: nil, journal: run.hook.journal)
        }
    }

    func close() async { await store?.close() }

    /// A hook starts no server and contacts no host that it does not ask anyway. What is missing is filled in by a later
    /// command.
    func fillEmbeddings(of run: RunID, _ context: Context) async {
        await store?.fillEmbeddings(of: run, context, maxCost: context.settings.limits.cost, starting: .nothing)
    }
}
