internal import Application
internal import Assistant
internal import OpenAI

/// One call of a hook, with what it is carried out with.
struct HookRun: Sendable {
    let call: HookCall
    let context: Context
    /// What it looks at and asks with.
    let hook: HookContext

    var reporter: any Reporter { context.reporter }

    /// Of the repository: what its hooks have to do in the background, and the latest digest.
    var directory: String { context.hookDirectory(of: hook.repository) }

    /// What `ask` would send to the endpoint. Nothing is sent.
    func payload(of ask: (HookContext) async throws -> Void) async throws -> HookPayload {
        let capture = PayloadCapture(name: context.hookModelName)
        try await ask(hook.capturing(capture))
        let model = context.hookModel ?? context.unaskedModel(named: capture.name)
        return HookPayload(
            requests: capture.requests.map { model.payload(of: $0) }, hasEndpoint: context.hookModel != nil)
    }
}
