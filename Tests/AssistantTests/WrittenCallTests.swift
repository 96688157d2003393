import JSON
import Testing

@testable import Assistant

struct `A call that is written as text` {
    private static let tools = ["git_log", "file_read"].map {
        ToolDescription(name: $0, summary: "Reads.", parameters: ["type": "object"])
    }

    private static func call(_ name: String, _ arguments: String) -> WrittenCall {
        .call(ToolCall(id: "", name: name, arguments: arguments))
    }

    @Test(arguments: [
        (#"{"name":"git_log","arguments":{"limit":1}}"#, #"{"limit":1}"#),
        (#"{"tool":"git_log","args":{"limit":1}}"#, #"{"limit":1}"#),
        (#"{"tool_name":"git_log","tool_input":{"limit":1}}"#, #"{"limit":1}"#),
        (#"{"function":"git_log","parameters":{"limit":1}}"#, #"{"limit":1}"#),
        (#"{"type":"function","function":{"name":"git_log","arguments":"{\"limit\":1}"}}"#, #"{"limit":1}"#),
        (#"{"tool_calls":[{"id":"a","function":{"name":"git_log","arguments":"{}"}}]}"#, "{}"),
        (#"[{"name":"git_log","arguments":{}}]"#, "{}"), (#"{"name":"git_log"}"#, "{}"),
        (#"{"git_log":{"limit":1}}"#, #"{"limit":1}"#), (#"git_log({"limit": 1})"#, #"{"limit": 1}"#),
        (#"git_log {"limit": 1}"#, #"{"limit": 1}"#), ("git_log()", "{}"),
        ("```\n{\"name\":\"git_log\",\"arguments\":{}}\n```", "{}"),
        ("```tool_call\n{\"name\":\"git_log\",\"arguments\":{}}\n```\n", "{}"),
        ("<tool_call>{\"name\":\"git_log\",\"arguments\":{}}", "{}"),
        ("<function_call>{\"name\":\"git_log\",\"arguments\":{}}</function_call>", "{}"),
        ("<function=git_log>{\"limit\": 1}</function>", #"{"limit":1}"#),
        ("functools[{\"name\":\"git_log\",\"arguments\":{}}]", "{}"),
        ("  \n{\"name\":\"git_log\",\"arguments\":{}}  \n", "{}"),
    ]) func `is carried out when it is one call of a tool at hand`(text: String, arguments: String) {
        #expect(WrittenCall.reading(text, tools: Self.tools) == Self.call("git_log", arguments))
    }

    @Test(arguments: [
        #"{"name":"rm_rf","arguments":{"path":"/"}}"#, "<tool_call>rm -rf /</tool_call>", "<tool_call>",
        "Look:\n<tool_call>{\"name\":\"git_log\",\"arguments\":{}}</tool_call>",
        "<tool_call>{\"name\":\"git_log\",\"arguments\":{}}</tool_call>\nThat shows it.",
        "<tool_call>{\"name\":\"git_log\",\"arguments\":{}}</tool_call><tool_call>{\"name\":\"git_log\",\"arguments\":{}}</tool_call>",
        #"[{"name":"git_log","arguments":{}},{"name":"git_log","arguments":{}}]"#,
        #"{"name":"git_log","arguments":{}}{"name":"git_log","arguments":{}}"#,
        "I call it.\n```json\n{\"name\":\"git_log\",\"arguments\":{}}\n```\nDone.",
    ]) func `is told to the model when it is anything else`(text: String) {
        guard case .unclear = WrittenCall.reading(text, tools: Self.tools) else {
            Issue.record("\(WrittenCall.reading(text, tools: Self.tools))")
            return
        }
    }

    @Test(arguments: [
        "", "Done.", #"{"name":"Ana","age":3}"#, #"{"answer":42}"#, "[1, 2, 3]", "[a link](b.md)", "{ braces }",
        "```swift\nlet a = [1]\n```", "```json\n{\"name\":\"x\",\"version\":\"1\"}\n```", "Use `<tool_call>` there.",
        "git_log shows it (the last {three}).", "functools is a module of Python.", "a < b, c > d",
        #"{"name":"get_weather","description":"It tells.","parameters":{"type":"object"}}"#,
        "Configure it:\n```json\n{\"name\":\"app\",\"arguments\":{}}\n```",
    ]) func `is none in an answer`(text: String) {
        #expect(WrittenCall.reading(text, tools: Self.tools) == .none)
    }

    /// Every answer above, cut at every place: what is no call is said in the end, all of it, and a call never is.
    @Test(arguments: [
        ("Done.\nIt is `a`.\n\n```swift\nlet a = [1]\n```\nMore.", true),
        ("{ braces } and\n[a](b)\n{\"a\":1}\nEnd.", true),
        ("a <tool and b < c\n<toolbox>", true), ("git_log shows it.", true), ("{\"answer\":42}", true),
        (#"{"name":"git_log","arguments":{"a":"\u007b"}}"#, false), ("git_log({\"limit\":1})", false),
        ("```json\n{\"name\":\"git_log\",\"arguments\":{}}\n```", false),
        ("<tool_call>{\"name\":\"git_log\",\"arguments\":{}}</tool_call>", false),
    ]) func `waits while it comes, wherever it is cut`(text: String, isAnswer: Bool) {
        let characters = Array(text)
        for cut in 1...characters.count {
            var words = HeldWords(tools: Self.tools)
            var said = ""
            for start in stride(from: 0, to: characters.count, by: cut) {
                said += words.feed(String(characters[start..<min(start + cut, characters.count)]))
            }
            let isNone = WrittenCall.reading(text, tools: Self.tools) == .none
            #expect(isNone == isAnswer)
            said += words.end(isAnswer: isNone)
            #expect(said == (isAnswer ? text : ""), "in pieces of \(cut)")
        }
    }

    @Test func `is said at once where it cannot be a call`() {
        var words = HeldWords(tools: Self.tools)
        #expect(words.feed("One two ") == "One two ")
        #expect(words.feed("three\n```swift\nlet") == "three\n```swift\nlet")
    }

    @Test func `ends a run that writes nothing else`() async {
        let texts = (0..<9).map { _ in ScriptedModel.text("<tool_call>{}</tool_call>") }
        let model = ScriptedModel(texts)
        let answer = await Assistant.forTest(model, tools: [CountingTool("file_read", .readLocal)])
            .handle(Request(text: "go"))
        #expect(answer.state == .failed && answer.text == nil)
        #expect(model.requests.count == 3)
        guard case .user(let correction)? = model.requests.last?.messages.last else {
            Issue.record("the model was not told")
            return
        }
        #expect(correction.contains("nothing was carried out") && correction.contains("file_read"))
    }
}
