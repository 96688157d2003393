import Assistant
import JSON
import OpenAI
import Synchronization
import TestSupport
import Testing

struct `What an endpoint gave with a message` {
    /// A message with a call, as an endpoint sends it, and what must come back with it, in the message and in the call.
    struct Row: Sendable, CustomTestStringConvertible {
        let source: String
        let deltas: [String]
        let message: JSON
        let call: JSON
        var testDescription: String { source }
    }

    private static let call = #""index":0,"id":"a","type":"function""#
    private static let function = #""function":{"name":"git_log","arguments":"{}"}"#

    static let rows: [Row] = [
        Row(
            source: "https://github.com/0xsline/OpenChatCut/issues/6: Gemini's signature of a thought",
            deltas: [
                #"{"tool_calls":[{\#(call),\#(function),"extra_content":{"google":{"thought_signature":"c2lnbmVk=="}}}]}"#
            ], message: [:], call: ["extra_content": ["google": ["thought_signature": "c2lnbmVk=="]]]),
        Row(
            source: "https://github.com/labring/aiproxy/issues/450: the same within the function",
            deltas: [
                #"{"tool_calls":[{\#(call),"function":{"name":"git_log","arguments":"{}","thought_signature":"c2ln"}}]}"#
            ], message: [:], call: ["function": ["thought_signature": "c2ln"]]),
        Row(
            source: "https://github.com/MoonshotAI/kimi-cli/issues/2141: DeepSeek's thoughts, in pieces",
            deltas: [
                #"{"reasoning_content":"The person "}"#, #"{"reasoning_content":"asks ha"}"#,
                #"{"reasoning_content":"ha"}"#,
                #"{"content":null,"tool_calls":[{\#(call),\#(function)}]}"#,
            ], message: ["reasoning_content": "The person asks haha"], call: [:]),
        Row(
            source: "https://openrouter.ai/docs: thoughts as a list, in pieces",
            deltas: [
                #"{"reasoning_details":[{"type":"reasoning.text","index":0,"text":"One ","format":"f"}]}"#,
                #"{"reasoning_details":[{"type":"reasoning.text","index":0,"text":"two"}]}"#,
                #"{"reasoning_details":[{"type":"reasoning.text","index":0,"signature":"c2ln"}]}"#,
                #"{"reasoning_details":[{"type":"reasoning.encrypted","index":1,"data":"ZGF0YQ=="}],"tool_calls":[{\#(call),\#(function)}]}"#,
            ],
            message: [
                "reasoning_details": [
                    ["type": "reasoning.text", "index": 0, "text": "One two", "format": "f", "signature": "c2ln"],
                    ["type": "reasoning.encrypted", "index": 1, "data": "ZGF0YQ=="],
                ]
            ], call: [:]),
        Row(
            source: "members that nobody knows yet",
            deltas: [#"{"provider_state":{"k":[1,2]},"tool_calls":[{\#(call),\#(function),"cache_handle":"h"}]}"#],
            message: ["provider_state": ["k": [1, 2]]], call: ["cache_handle": "h"]),
        Row(
            source: "nothing", deltas: [#"{"reasoning_content":null,"tool_calls":[{\#(call),\#(function)}]}"#],
            message: [:], call: [:]),
    ]

    private static func server(_ deltas: [String]) throws -> LoopbackServer {
        let count = Mutex(0)
        return try LoopbackServer { _ in
            let isFirst = count.withLock { count in
                count += 1
                return count == 1
            }
            let chunks = deltas.map { #"{"choices":[{"delta":\#($0),"finish_reason":null}]}"# }
            return isFirst
                ? .events(chunks + [#"{"choices":[{"delta":{},"finish_reason":"tool_calls"}]}"#, "[DONE]"])
                : .events([#"{"choices":[{"delta":{"content":"Done."},"finish_reason":"stop"}]}"#, "[DONE]"])
        }
    }

    private static func run(_ model: any ChatModel) async -> Answer {
        let agent = Agent(name: "assistant", summary: "Helps.", instructions: "Help.", families: [.fileReading])
        return await Assistant(
            model: model, roster: AgentRoster(orchestrator: agent, delegates: []), tools: NotingTools().all,
            journal: NullJournal(), approver: AbsentApprover()
        ).handle(Request(text: "What was done?"))
    }

    @Test(arguments: rows) func `goes back with it`(row: Row) async throws {
        let server = try Self.server(row.deltas)
        let answer = await Self.run(OpenAIChatModel(client: .quick(server), model: "m"))
        #expect(answer.text == "Done.", "\(String(describing: answer.failure))")
        let messages = server.requests.last?.json?["messages"]?.array ?? []
        var message = try #require(messages.first { $0["role"] == "assistant" }?.object)
        let call = try #require(message["tool_calls"]?[0])
        for name in ["role", "content", "tool_calls"] { message[name] = nil }
        #expect(JSON.object(message) == row.message)
        for (name, value) in row.call.object ?? [:] {
            if name == "function" {
                #expect(call["function"]?["thought_signature"] == value["thought_signature"])
                #expect(call["function"]?["name"] == "git_log")
            } else {
                #expect(call[name] == value)
            }
        }
        let names: Set<String> = ["id", "type", "function"]
        #expect(
            Set(call.object?.keys ?? [:].keys).subtracting(names)
                == Set((row.call.object ?? [:]).keys).subtracting(names))
    }

    @Test func `goes to no other endpoint`() async throws {
        let server = try Self.server([#"{"content":"Done."}"#])
        let given = EndpointMembers(endpoint: "https://elsewhere.example/v1", message: ["reasoning_content": "secret"])
        let messages: [ChatMessage] = [
            .user("a"), .assistant(text: nil, calls: [ToolCall(id: "1", name: "t", arguments: "{}")], given: given),
            .tool(callID: "1", content: "{}"),
        ]
        _ = try await OpenAIChatModel(client: .quick(server), model: "m").respond(
            to: ChatRequest(messages: messages, tools: [])
        ) { _ in }
        let body = String(decoding: server.requests.first?.body ?? [], as: UTF8.self)
        #expect(!body.contains("reasoning_content") && !body.contains("secret"))
    }

    /// What an endpoint refuses, and whether it is asked once more without it, or with it.
    @Test(arguments: [
        ("property 'reasoning_content' is unsupported", false),
        ("Missing `reasoning_content` field in the assistant message at message index 2", true),
        ("The `reasoning_content` in the thinking mode must be passed back to the API.", true),
    ]) func `is left out, or put in, as an endpoint wants it`(message: String, isWanted: Bool) async throws {
        let server = try LoopbackServer { request in
            let body = String(decoding: request.body, as: UTF8.self)
            let isThere = request.json?["messages"]?[1]?["reasoning_content"] != nil
            if isThere == isWanted, !body.isEmpty {
                return .events([#"{"choices":[{"delta":{"content":"Done."},"finish_reason":"stop"}]}"#, "[DONE]"])
            }
            return .json(["error": ["message": .string(message), "code": 400]], status: 400)
        }
        let model = OpenAIChatModel(client: .quick(server), model: "m")
        let given =
            isWanted
            ? nil : EndpointMembers(endpoint: server.url + "/v1", message: ["reasoning_content": "hm"])
        let response = try await model.respond(
            to: ChatRequest(
                messages: [.user("a"), .assistant(text: "b", calls: [], given: given), .user("c")], tools: [])
        ) { _ in }
        #expect(response.text == "Done.")
        #expect(server.requests.count == 2)
    }
}
