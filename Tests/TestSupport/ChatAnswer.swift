package import JSON

/// One scripted answer of ``LoopbackOpenAI``'s chat: text, calls of tools, or both. It is streamed when the request
/// asks for a stream.
package struct ChatAnswer: Sendable {
    package struct Call: Sendable {
        package var id: String?
        package var name: String
        /// JSON text, or whatever a confused model writes.
        package var arguments: String

        package init(_ name: String, _ arguments: JSON, id: String? = nil) {
            self.init(name, text: arguments.description, id: id)
        }

        package init(_ name: String, text arguments: String, id: String? = nil) {
            self.name = name
            self.arguments = arguments
            self.id = id
        }
    }

    package var text: String?
    package var calls: [Call]
    package var promptTokens: Int
    package var completionTokens: Int
    /// The wait before each piece of a streamed answer.
    package var delay: Duration
    /// Sent in place of the answer.
    package var reply: LoopbackReply?

    package init(
        _ text: String?, calls: [Call] = [], promptTokens: Int = 100, completionTokens: Int = 10,
        delay: Duration = .zero
    ) {
        self.text = text
        self.calls = calls
        self.promptTokens = promptTokens
        self.completionTokens = completionTokens
        self.delay = delay
    }

    /// Text alone.
    package static func text(_ text: String) -> ChatAnswer { ChatAnswer(text) }

    /// One call alone.
    package static func call(_ name: String, _ arguments: JSON) -> ChatAnswer {
        ChatAnswer(nil, calls: [Call(name, arguments)])
    }

    /// Several calls in one answer.
    package static func calls(_ calls: [Call]) -> ChatAnswer { ChatAnswer(nil, calls: calls) }

    /// Anything else that a server can do.
    package static func reply(_ reply: LoopbackReply) -> ChatAnswer {
        var answer = ChatAnswer(nil)
        answer.reply = reply
        return answer
    }

    /// As OpenAI would answer a request with that body.
    package func reply(to body: JSON) -> LoopbackReply {
        if let reply { return reply }
        let model = body["model"] ?? "scripted"
        guard body["stream"]?.bool == true else { return .json(whole(model)) }
        let wantsUsage = body["stream_options"]?["include_usage"]?.bool ?? false
        let events = chunks(model, usage: wantsUsage).map(\.description) + ["[DONE]"]
        return .events(events, delay: delay)
    }

    private var finishReason: JSON { calls.isEmpty ? "stop" : "tool_calls" }

    private var usage: JSON {
        [
            "prompt_tokens": .integer(promptTokens), "completion_tokens": .integer(completionTokens),
            "total_tokens": .integer(promptTokens + completionTokens), "prompt_tokens_details": ["cached_tokens": 0],
        ]
    }

    private func id(_ call: Call, _ index: Int) -> JSON { .string(call.id ?? "call_scripted_\(index)") }

    private func whole(_ model: JSON) -> JSON {
        var message: [String: JSON] = ["role": "assistant", "content": text.map(JSON.string) ?? .null, "refusal": nil]
        if !calls.isEmpty {
            message["tool_calls"] = .array(
                calls.enumerated().map { index, call in
                    [
                        "id": id(call, index), "type": "function",
                        "function": ["name": .string(call.name), "arguments": .string(call.arguments)],
                    ]
                })
        }
        return [
            "id": "chatcmpl-scripted", "object": "chat.completion", "created": 1_700_000_000, "model": model,
            "choices": [
                ["index": 0, "message": .object(message), "logprobs": nil, "finish_reason": finishReason]
            ],
            "usage": usage,
        ]
    }

    /// As OpenAI sends them: the role first, words one by one, arguments in pieces, the reason, the usage.
    private func chunks(_ model: JSON, usage wantsUsage: Bool) -> [JSON] {
        var deltas: [JSON] = [["role": "assistant", "content": calls.isEmpty ? "" : nil]]
        for piece in Self.pieces(text ?? "") { deltas.append(["content": .string(piece)]) }
        for (index, call) in calls.enumerated() {
            deltas.append([
                "tool_calls": [
                    [
                        "index": .integer(index), "id": id(call, index), "type": "function",
                        "function": ["name": .string(call.name), "arguments": ""],
                    ]
                ]
            ])
            for piece in Self.pieces(call.arguments) {
                deltas.append(["tool_calls": [["index": .integer(index), "function": ["arguments": .string(piece)]]]])
            }
        }
        var chunks = deltas.map { chunk(model, choices: [["index": 0, "delta": $0, "finish_reason": nil]]) }
        chunks.append(chunk(model, choices: [["index": 0, "delta": [:], "finish_reason": finishReason]]))
        if wantsUsage { chunks.append(chunk(model, choices: [], usage: usage)) }
        return chunks
    }

    private func chunk(_ model: JSON, choices: JSON, usage: JSON = nil) -> JSON {
        [
            "id": "chatcmpl-scripted", "object": "chat.completion.chunk", "created": 1_700_000_000, "model": model,
            "choices": choices, "usage": usage,
        ]
    }

    /// A text cut before each space.
    private static func pieces(_ text: String) -> [String] {
        var pieces: [String] = []
        for character in text {
            if character == " " || pieces.isEmpty { pieces.append("") }
            pieces[pieces.count - 1].append(character)
        }
        return pieces
    }
}
