internal import Assistant
internal import Counting
internal import FoundationEssentials
internal import JSON

/// Records as JSON, one a line in the spool. Times are microseconds since 1970.
extension JournalRecord {
    var json: JSON {
        switch self {
        case .begin(let opening): ["kind": "begin", "record": opening.json]
        case .child(let opening): ["kind": "child", "record": opening.json]
        case .step(let step): ["kind": "step", "record": step.json]
        case .call(let call): ["kind": "call", "record": call.json]
        case .finish(let closing): ["kind": "finish", "record": closing.json]
        }
    }

    init?(json: JSON) {
        let fields = Fields(json["record"] ?? nil)
        let record: JournalRecord? =
            switch json["kind"]?.string {
            case "begin": RunOpening(fields).map(JournalRecord.begin)
            case "child": ChildRunOpening(fields).map(JournalRecord.child)
            case "step": StepRecord(fields).map(JournalRecord.step)
            case "call": ToolCallRecord(fields).map(JournalRecord.call)
            case "finish": RunClosing(fields).map(JournalRecord.finish)
            default: nil
            }
        guard let record else { return nil }
        self = record
    }
}

/// The members of a record's object.
private struct Fields {
    let json: JSON

    init(_ json: JSON) { self.json = json }

    subscript(_ name: String) -> JSON? { json[name] }
    func text(_ name: String) -> String? { json[name]?.string }
    func uuid(_ name: String) -> UUID? { text(name).flatMap { UUID(uuidString: $0) } }
    func run(_ name: String) -> RunID? { uuid(name).map(RunID.init) }
    func date(_ name: String) -> Date? {
        json[name]?.integer.map { Date(timeIntervalSince1970: Double($0) / 1e6) }
    }
}

extension JSON {
    fileprivate static func uuid(_ uuid: UUID) -> JSON { .string(uuid.uuidString.lowercased()) }
    fileprivate static func run(_ run: RunID) -> JSON { .string(run.description) }
    fileprivate static func date(_ date: Date) -> JSON {
        .integer(Int(saturating: (date.timeIntervalSince1970 * 1e6).rounded()))
    }
}

extension RunOpening {
    fileprivate var json: JSON {
        [
            "run": .run(run), "message": .uuid(messageID), "text": .string(text), "source": .string(source.rawValue),
            "mode": .string(mode.rawValue), "agent": .string(agent), "session": session.json,
            "repository": .optional(repository), "model": .string(model), "limits": limits.json,
            "at": .date(startedAt),
        ]
    }

    fileprivate init?(_ fields: Fields) {
        guard let run = fields.run("run"), let message = fields.uuid("message"), let text = fields.text("text"),
            let source = fields.text("source").flatMap(Source.init), let mode = fields.text("mode").flatMap(Mode.init),
            let agent = fields.text("agent"), let session = SessionSelection(json: fields["session"]),
            let model = fields.text("model"), let limits = RunLimits(json: fields["limits"] ?? nil),
            let startedAt = fields.date("at")
        else { return nil }
        self.init(
            run: run, messageID: message, text: text, source: source, mode: mode, agent: agent, session: session,
            repository: fields.text("repository"), model: model, limits: limits, startedAt: startedAt)
    }
}

extension SessionSelection {
    fileprivate var json: JSON {
        switch self {
        case .new: "new"
        case .latest: "latest"
        case .key(let key): ["key": .string(key)]
        }
    }

    fileprivate init?(json: JSON?) {
        if let key = json?["key"]?.string {
            self = .key(key)
        } else if json == "new" {
            self = .new
        } else if json == "latest" {
            self = .latest
        } else {
            return nil
        }
    }
}

extension ChildRunOpening {
    fileprivate var json: JSON {
        [
            "run": .run(run), "parent": .run(parent), "call": .string(parentCallID), "agent": .string(agent),
            "task": .string(task), "model": .string(model), "limits": limits.json, "at": .date(startedAt),
        ]
    }

    fileprivate init?(_ fields: Fields) {
        guard let run = fields.run("run"), let parent = fields.run("parent"), let call = fields.text("call"),
            let agent = fields.text("agent"), let task = fields.text("task"), let model = fields.text("model"),
            let limits = RunLimits(json: fields["limits"] ?? nil), let startedAt = fields.date("at")
        else { return nil }
        self.init(
            run: run, parent: parent, parentCallID: call, agent: agent, task: task, model: model, limits: limits,
            startedAt: startedAt)
    }
}

extension StepRecord {
    fileprivate var json: JSON {
        [
            "run": .run(run), "index": .integer(index), "messages": .array(request.messages.map(\.json)),
            "tools": .array(request.tools.map(\.json)),
            "max_output_tokens": request.maxOutputTokens.map(JSON.integer) ?? nil, "response": response.json,
            "cost": costInUSD.map(JSON.number) ?? nil, "from": .date(startedAt), "to": .date(endedAt),
        ]
    }

    fileprivate init?(_ fields: Fields) {
        guard let run = fields.run("run"), let index = fields["index"]?.integer,
            let messages = fields["messages"]?.array, let tools = fields["tools"]?.array,
            let response = ChatResponse(json: fields["response"] ?? nil), let startedAt = fields.date("from"),
            let endedAt = fields.date("to")
        else { return nil }
        let request = ChatRequest(
            messages: messages.compactMap(ChatMessage.init(json:)),
            tools: tools.compactMap(ToolDescription.init(json:)),
            maxOutputTokens: fields["max_output_tokens"]?.integer)
        guard request.messages.count == messages.count, request.tools.count == tools.count else { return nil }
        self.init(
            run: run, index: index, request: request, response: response, costInUSD: fields["cost"]?.number,
            startedAt: startedAt, endedAt: endedAt)
    }
}

extension ToolCallRecord {
    fileprivate var json: JSON {
        [
            "run": .run(run), "step": .integer(step), "index": .integer(index), "call": call.json,
            "effect": .optional(effect?.rawValue), "recovery": .optional(recovery?.rawValue),
            "intent": .optional(intent?.description), "state": .string(state.rawValue), "output": .optional(output),
            "whole": .optional(wholeOutput), "undo": .optional(undo?.description), "at": .date(at),
        ]
    }

    fileprivate init?(_ fields: Fields) {
        guard let run = fields.run("run"), let step = fields["step"]?.integer, let index = fields["index"]?.integer,
            let call = ToolCall(json: fields["call"] ?? nil),
            let state = fields.text("state").flatMap(ToolCallState.init), let at = fields.date("at")
        else { return nil }
        // Written as text: an intent that is null is not the same as none.
        self.init(
            run: run, step: step, index: index, call: call,
            effect: fields.text("effect").flatMap(EffectClass.init),
            recovery: fields.text("recovery").flatMap(RecoveryClass.init),
            intent: fields.text("intent").flatMap { try? JSON(parsing: $0) }, state: state,
            output: fields.text("output"), wholeOutput: fields.text("whole"),
            undo: fields.text("undo").flatMap { try? JSON(parsing: $0) }, at: at)
    }
}

extension RunClosing {
    fileprivate var json: JSON {
        [
            "run": .run(run), "state": .string(state.rawValue), "message": .uuid(messageID),
            "answer": .optional(answer), "usage": usage.json, "cost": costInUSD.map(JSON.number) ?? nil,
            "reason": .optional(reason), "at": .date(endedAt),
        ]
    }

    fileprivate init?(_ fields: Fields) {
        guard let run = fields.run("run"), let state = fields.text("state").flatMap(RunState.init),
            let message = fields.uuid("message"), let endedAt = fields.date("at")
        else { return nil }
        self.init(
            run: run, state: state, messageID: message, answer: fields.text("answer"),
            usage: Usage(json: fields["usage"] ?? nil), costInUSD: fields["cost"]?.number,
            reason: fields.text("reason"), endedAt: endedAt)
    }
}
