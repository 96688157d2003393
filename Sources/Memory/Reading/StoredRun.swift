package import Assistant
package import FoundationEssentials
package import JSON
internal import Store

/// One run as it was stored, with all it did.
package struct StoredRun: Sendable, Hashable, Identifiable {
    package var id: RunID
    package var sessionKey: String
    package var parent: RunID?
    /// The model's id of the delegate call in the parent.
    package var parentCallID: String?
    package var agent: String
    /// What a delegate was asked to do; nil for a run of its own.
    package var task: String?
    package var source: String
    package var mode: String
    package var repository: String?
    package var model: String
    package var state: RunState
    package var reason: String?
    package var usage: Usage
    package var costInUSD: Double?
    package var startedAt: Date
    package var endedAt: Date?
    /// Until when it belongs to the process that carries it out; a running one past it was cut off.
    package var leaseUntil: Date
    /// The user's and the assistant's.
    package var messages: [StoredMessage] = []
    package var steps: [StoredStep] = []
    package var children: [StoredRun] = []

    /// Its calls and those of its child runs, in order.
    package var toolCalls: [StoredToolCall] { steps.flatMap(\.calls) }
}

/// One model call.
package struct StoredStep: Sendable, Hashable {
    package var index: Int
    /// Hexadecimal SHA-256 of the request.
    package var requestHash: String
    package var response: ChatResponse
    package var costInUSD: Double?
    package var startedAt: Date
    package var endedAt: Date
    package var calls: [StoredToolCall] = []
}

/// One tool call, with what takes its effect back.
package struct StoredToolCall: Sendable, Hashable {
    package var step: Int
    package var index: Int
    package var call: ToolCall
    package var effect: EffectClass?
    package var recovery: RecoveryClass?
    package var intent: JSON?
    package var state: ToolCallState
    package var output: String?
    /// The whole output is stored beside the head that the model saw.
    package var hasArtifact: Bool
    package var undo: JSON?
    package var startedAt: Date
    package var endedAt: Date?
}

extension StoredRun {
    init(_ reader: RowReader) throws(StoreError) {
        id = RunID(try reader.uuid("id"))
        sessionKey = try reader.text("session_key")
        parent = try reader.optionalUUID("parent_run_id").map(RunID.init)
        parentCallID = try reader.optionalText("parent_call_id")
        agent = try reader.text("agent")
        task = try reader.optionalText("task")
        source = try reader.text("source")
        mode = try reader.text("mode")
        repository = try reader.optionalText("repository")
        model = try reader.text("model")
        state = RunState(rawValue: try reader.text("state")) ?? .unknown
        reason = try reader.optionalText("reason")
        usage = Usage(
            inputTokens: try reader.integer("input_tokens"),
            cachedInputTokens: try reader.integer("cached_input_tokens"),
            outputTokens: try reader.integer("output_tokens"))
        costInUSD = try reader.optionalDouble("cost_usd")
        startedAt = try reader.date("started_at")
        endedAt = try reader.optionalDate("ended_at")
        leaseUntil = try reader.date("lease_until")
    }
}

extension StoredStep {
    init(_ reader: RowReader) throws(StoreError) {
        index = try reader.integer("step_index")
        requestHash = try reader.text("request_hash")
        guard let response = ChatResponse(json: try reader.json("response") ?? nil) else {
            throw StoreError(.failed, "The stored response of step \(index) cannot be read.")
        }
        self.response = response
        costInUSD = try reader.optionalDouble("cost_usd")
        startedAt = try reader.date("started_at")
        endedAt = try reader.date("ended_at")
    }
}

extension StoredToolCall {
    init(_ reader: RowReader) throws(StoreError) {
        let raw = try reader.json("raw")
        step = try reader.integer("step_index")
        index = try reader.integer("call_index")
        let arguments = try reader.text("arguments")
        call = ToolCall(
            id: try reader.text("call_id"), name: try reader.text("name"),
            arguments: raw?["arguments"]?.string ?? arguments)
        effect = try reader.optionalText("effect").flatMap(EffectClass.init)
        recovery = try reader.optionalText("recovery").flatMap(RecoveryClass.init)
        intent = try reader.json("intent")
        state = ToolCallState(rawValue: try reader.text("state")) ?? .unknown
        let output = try reader.optionalText("output")
        self.output = raw?["output"]?.string ?? output
        hasArtifact = try reader.bool("has_artifact")
        undo = try reader.json("undo")
        startedAt = try reader.date("started_at")
        endedAt = try reader.optionalDate("ended_at")
    }
}

extension RowReader {
    /// A column of type `json`, read as text.
    func json(_ name: String) throws(StoreError) -> JSON? {
        guard let text = try optionalText(name) else { return nil }
        do throws(JSONError) {
            return try JSON(parsing: text)
        } catch {
            throw StoreError(.failed, "What is stored as \(name) is not JSON.", causes: [error.description])
        }
    }
}
