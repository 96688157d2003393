import Assistant
import JSON
import Testing

@testable import Memory

struct `The requests of a run` {
    private let tool = ToolDescription(name: "git_log", summary: "Lists commits", parameters: ["type": "object"])

    @Test func `are stored once and read back whole`() {
        let first = ChatRequest(messages: [.system("s"), .user("a\0b")], tools: [tool], maxOutputTokens: 9)
        let second = ChatRequest(
            messages: first.messages + [
                .assistant(text: nil, calls: [ToolCall(id: "1", name: "git_log", arguments: "{")]),
                .tool(callID: "1", content: "broken"),
            ], tools: [tool])
        let last = ChatRequest(messages: second.messages + [.assistant(text: "t", calls: [])], tools: [])
        let shortened = ChatRequest(messages: [.system("s"), .tool(callID: "1", content: "broken")], tools: [])
        var chain = RequestChain()
        let links = [first, second, last, shortened].map { chain.append($0, redact: { $0 }) }
        #expect(links[1].json["messages"]?.array?.count == 2)
        #expect(links[1].json["tools"] == nil)
        #expect(RequestChain.requests(of: links.map(\.json)) == [first, second, last, shortened])
    }

    @Test func `have a hash of the whole, however they were reached`() {
        let first = ChatRequest(messages: [.user("a")], tools: [tool])
        let second = ChatRequest(messages: [.user("a"), .user("b")], tools: [tool])
        var chain = RequestChain()
        _ = chain.append(first, redact: { $0 })
        let carriedOn = chain.append(second, redact: { $0 }).hash
        var fresh = RequestChain()
        #expect(fresh.append(second, redact: { $0 }).hash == carriedOn)
        var other = RequestChain()
        #expect(other.append(first, redact: { $0 }).hash != carriedOn)
    }
}
