package import Assistant
internal import JSON

/// One entry of the journal, as the store applies it and the spool keeps it.
package enum JournalRecord: Sendable, Hashable {
    case begin(RunOpening)
    case child(ChildRunOpening)
    case step(StepRecord)
    case call(ToolCallRecord)
    case finish(RunClosing)

    package var run: RunID {
        switch self {
        case .begin(let opening): opening.run
        case .child(let opening): opening.run
        case .step(let step): step.run
        case .call(let call): call.run
        case .finish(let closing): closing.run
        }
    }

    /// The record with every text that came from a person, a model or a tool redacted.
    func redacted(by redact: (String) -> String) -> JournalRecord {
        switch self {
        case .begin(let opening): .begin(opening.redacted(by: redact))
        case .child(let opening): .child(opening.redacted(by: redact))
        case .step(let step): .step(step.redacted(by: redact))
        case .call(let call): .call(call.redacted(by: redact))
        case .finish(let closing): .finish(closing.redacted(by: redact))
        }
    }
}

extension RunOpening {
    func redacted(by redact: (String) -> String) -> RunOpening {
        var opening = self
        opening.text = redact(text)
        return opening
    }
}

extension ChildRunOpening {
    func redacted(by redact: (String) -> String) -> ChildRunOpening {
        var opening = self
        opening.task = redact(task)
        return opening
    }
}

extension StepRecord {
    func redacted(by redact: (String) -> String) -> StepRecord {
        var step = self
        step.request.messages = request.messages.map { $0.redacted(by: redact) }
        step.response = response.redacted(by: redact)
        return step
    }
}

extension ToolCallRecord {
    func redacted(by redact: (String) -> String) -> ToolCallRecord {
        var record = self
        record.call = call.redacted(by: redact)
        record.intent = intent?.mappingStrings(redact)
        record.output = output.map { JSON.replacing(inText: $0, redact) }
        record.wholeOutput = wholeOutput.map { JSON.replacing(inText: $0, redact) }
        record.undo = undo?.mappingStrings(redact)
        return record
    }
}

extension RunClosing {
    func redacted(by redact: (String) -> String) -> RunClosing {
        var closing = self
        closing.answer = answer.map(redact)
        closing.reason = reason.map(redact)
        return closing
    }
}

extension ChatMessage {
    fileprivate func redacted(by redact: (String) -> String) -> ChatMessage {
        switch self {
        case .system(let text): .system(redact(text))
        case .user(let text): .user(redact(text))
        case .assistant(let text, let calls):
            .assistant(text: text.map(redact), calls: calls.map { $0.redacted(by: redact) })
        case .tool(let callID, let content):
            .tool(callID: callID, content: JSON.replacing(inText: content, redact))
        }
    }
}

extension ToolCall {
    fileprivate func redacted(by redact: (String) -> String) -> ToolCall {
        ToolCall(id: id, name: name, arguments: JSON.replacing(inText: arguments, redact))
    }
}

extension ChatResponse {
    func redacted(by redact: (String) -> String) -> ChatResponse {
        var response = self
        response.text = text.map(redact)
        response.calls = calls.map { $0.redacted(by: redact) }
        return response
    }
}
