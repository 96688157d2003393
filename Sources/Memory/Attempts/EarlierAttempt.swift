package import Assistant
package import FoundationEssentials
internal import Hashing
internal import JSON
internal import Postgres
package import Store

extension RunID {
    /// The run of one attempt at an item: whoever takes the item over finds what was stored of it. Version 8
    /// (RFC 9562): 48 bits of the batch's hash, then position, attempt and more of the hash, so that the runs of a batch
    /// lie together and in order.
    package static func attempt(_ attempt: Int, atItem position: Int, of batch: UUID) -> RunID {
        let hash = ContentHash(ofText: batch.uuidString).bytes
        var bytes = [UInt8](repeating: 0, count: 16)
        bytes.replaceSubrange(0..<6, with: hash[0..<6])
        let place = UInt64(truncatingIfNeeded: position) << 16 | UInt64(truncatingIfNeeded: attempt) & 0xffff
        // 58 bits of position and attempt around the version and the variant.
        bytes[6] = 0x80 | UInt8(truncatingIfNeeded: place >> 54) & 0x0f
        bytes[7] = UInt8(truncatingIfNeeded: place >> 46)
        bytes[8] = 0x80 | UInt8(truncatingIfNeeded: place >> 40) & 0x3f
        for index in 0..<5 { bytes[9 + index] = UInt8(truncatingIfNeeded: place >> UInt64(32 - 8 * index)) }
        bytes[14] = hash[6]
        bytes[15] = hash[7]
        return RunID(
            UUID(
                uuid: (
                    bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5], bytes[6], bytes[7], bytes[8], bytes[9],
                    bytes[10], bytes[11], bytes[12], bytes[13], bytes[14], bytes[15]
                )))
    }
}

/// What an earlier attempt at an item has left in the journal.
package enum EarlierAttempt: Sendable {
    /// It had its answer; only the item did not hear of it.
    case ended(StoredRun)
    /// It was cut off, or failed and was put back. Answers that it got are there to be used again.
    case cutOff(ReplayedAnswers)
    /// The same, and it had begun to change something: doing it again might do that twice.
    case hadEffects(RunID)
}

extension MemoryStore {
    /// The latest attempt at an item of a batch before `attempt` that was stored, as far as it is of use; nil when there
    /// is none. What was before `first`, or was asked something else than `prompt`, is of none.
    package func earlierAttempt(
        before attempt: Int, since first: Int, atItem position: Int, of batch: UUID, asking prompt: String
    ) async throws(StoreError) -> EarlierAttempt? {
        // An attempt that got no further than its claim has left nothing.
        for id in try await stored((first..<max(first, attempt)).map { RunID.attempt($0, atItem: position, of: batch) })
        {
            let run = try await show(run: id.description)
            // What was asked then may have been something else.
            guard run.messages.first(where: { $0.role == .user })?.content == redact(prompt) else { return nil }
            if run.state == .done || run.state == .parked { return .ended(run) }
            let all = [run] + run.children
            let wrote = all.flatMap(\.toolCalls).contains { call in
                call.effect?.isRead == false && [.executing, .succeeded, .unknown].contains(call.state)
            }
            if wrote { return .hadEffects(id) }
            // It died before its first answer; one before it may have more.
            if all.allSatisfy(\.steps.isEmpty) { continue }
            // Whoever ended the attempt has told what it used; of one that died nobody has heard.
            return .cutOff(
                ReplayedAnswers(of: all, isPaidFor: run.state != .running, isRefused: run.state == .failed))
        }
        return nil
    }

    /// Those runs that are stored, the last first. Attempts are many where an endpoint was away for long.
    private func stored(_ runs: [RunID]) async throws(StoreError) -> [RunID] {
        try await statements.values(
            PostgresStatement(
                """
                SELECT id FROM runs WHERE id = ANY ($1::uuid[]) AND user_id = $2::text
                ORDER BY array_position($1::uuid[], id) DESC
                """, [.uuidArray(runs.map(\.uuid)), .text(user)]), while: "earlier attempts were looked for"
        ) { row throws(StoreError) in RunID(try row.uuid("id")) }
    }

    /// A model that gives answers which an earlier run got to the same requests, and asks `model` for the others.
    package func replaying(_ answers: ReplayedAnswers, over model: any ChatModel) -> any ChatModel {
        ReplayingModel(model: model, answers: answers, redact: redact)
    }
}

/// Answers of a run that was cut off, by what was asked.
package struct ReplayedAnswers: Sendable {
    fileprivate var byRequest: [String: ChatResponse] = [:]

    /// `isPaidFor`: their usage has been counted already. `isRefused`: an answer without tool calls was no good.
    init(of runs: [StoredRun], isPaidFor: Bool, isRefused: Bool) {
        for step in runs.flatMap(\.steps) where !(isRefused && step.response.calls.isEmpty) {
            var response = step.response
            if isPaidFor { response.usage = Usage() }
            byRequest[step.requestHash] = response
        }
    }
}

private struct ReplayingModel: ChatModel {
    let model: any ChatModel
    let answers: ReplayedAnswers
    let redact: @Sendable (String) -> String

    var name: String { model.name }
    var maxResultTokens: Int { model.maxResultTokens }

    func respond(
        to request: ChatRequest, onText: @escaping @Sendable (String) -> Void
    ) async throws(EngineError) -> ChatResponse {
        var chain = RequestChain()
        let hash = chain.append(request, redact: redact).hash.hexadecimal
        guard let answer = answers.byRequest[hash] else { return try await model.respond(to: request, onText: onText) }
        if let text = answer.text { onText(text) }
        return answer
    }
}
