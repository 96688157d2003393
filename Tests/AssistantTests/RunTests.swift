import Assistant
import FoundationEssentials
import JSON
import Testing

struct `A run` {
    @Test func `answers without tools`() async {
        let journal = ListJournal()
        let answer = await Assistant.forTest(ScriptedModel([ScriptedModel.text("hello")]), journal: journal)
            .handle(Request(text: "hi"))
        #expect(answer.state == .done)
        #expect(answer.text == "hello")
        #expect(journal.entries == [.begin("hi"), .step(0), .finish(.done, "hello")])
    }

    @Test(arguments: [
        ("half of", "length", RunState.limited), ("", "stop", .failed), (" \n", "stop", .failed),
        ("half", "content_filter", .failed), ("whole", "stop", .done), ("whole", "end_turn", .done),
    ])
    func `is not done when its answer is cut off, held back or empty`(text: String, reason: String, state: RunState)
        async
    {
        let model = ScriptedModel([ChatResponse(text: text, finishReason: reason, model: "scripted")])
        let answer = await Assistant.forTest(model).handle(Request(text: "hi"))
        #expect(answer.state == state)
        #expect((answer.failure == nil) == (state == .done))
        if !text.allSatisfy(\.isWhitespace) { #expect(answer.text == text) }
    }

    @Test func `writes a response, an intent and an outcome before what follows each`() async {
        let journal = ListJournal()
        let tool = CountingTool("file_read", .readLocal)
        let model = ScriptedModel([ScriptedModel.calls(("file_read", "{}")), ScriptedModel.text("done")])
        _ = await Assistant.forTest(model, tools: [tool], journal: journal).handle(Request(text: "read"))
        #expect(
            journal.entries == [
                .begin("read"), .step(0), .call("file_read", .executing), .call("file_read", .succeeded), .step(1),
                .finish(.done, "done"),
            ])
        #expect(tool.count == 1)
    }

    @Test func `gives every call exactly one output`() async throws {
        let read = CountingTool("file_read", .readLocal)
        let broken = CountingTool("file_list", .readLocal, output: .failure(ToolError(.failed, "no disk")))
        let model = ScriptedModel([
            ScriptedModel.calls(
                ("file_read", "{}"), ("file_list", "{}"), ("nothing", "{}"), ("file_read", "{broken"),
                ("file_create", #"{"path":"a"}"#)),
            ScriptedModel.text("done"),
        ])
        let write = CountingTool("file_create", .writeLocal)
        _ = await Assistant.forTest(model, tools: [read, broken, write]).handle(Request(text: "go"))
        let messages = try #require(model.requests.last?.messages)
        let ids = messages.compactMap { if case .tool(let id, _) = $0 { id } else { nil } }
        #expect(ids == ["c0", "c1", "c2", "c3", "c4"])
    }

    @Test func `parks a write without a terminal, changes nothing and goes on`() async {
        let write = CountingTool("file_create", .writeLocal)
        let model = ScriptedModel([
            ScriptedModel.calls(("file_create", #"{"path":"a"}"#)), ScriptedModel.text("denied"),
        ])
        let answer = await Assistant.forTest(model, tools: [write]).handle(Request(text: "write"))
        #expect(answer.state == .parked)
        #expect(answer.parked.map(\.tool) == ["file_create"])
        #expect(write.count == 0)
    }

    @Test(arguments: [(ApprovalDecision.approved, 1), (.denied("no"), 0), (.denied(nil), 0)])
    func `asks a person at a terminal`(decision: ApprovalDecision, performed: Int) async {
        let write = CountingTool("file_create", .writeLocal)
        let model = ScriptedModel([ScriptedModel.calls(("file_create", "{}")), ScriptedModel.text("ok")])
        let answer = await Assistant.forTest(model, tools: [write], approval: decision)
            .handle(Request(text: "write", mode: .attended))
        #expect(answer.state == .done)
        #expect(write.count == performed)
    }

    @Test func `carries out nothing that writes in a dry run`() async {
        let write = CountingTool("file_create", .writeLocal)
        let model = ScriptedModel([ScriptedModel.calls(("file_create", "{}")), ScriptedModel.text("ok")])
        let answer = await Assistant.forTest(model, tools: [write], approval: .approved)
            .handle(Request(text: "write", mode: .attended, dryRun: true))
        #expect(answer.state == .done)
        #expect(write.count == 0)
    }

    @Test func `stops after three calls in a row that nothing understands`() async {
        let model = ScriptedModel((0..<5).map { _ in ScriptedModel.calls(("nonsense", "{}")) })
        let answer = await Assistant.forTest(model).handle(Request(text: "loop"))
        #expect(answer.state == .failed)
        #expect(model.requests.count == 3)
    }

    @Test func `does not repeat the call that has just failed`() async {
        let broken = CountingTool("file_read", .readLocal, output: .failure(ToolError(.failed, "no disk")))
        let model = ScriptedModel([
            ScriptedModel.calls(("file_read", "{}")), ScriptedModel.calls(("file_read", "{}")),
            ScriptedModel.text("gave up"),
        ])
        _ = await Assistant.forTest(model, tools: [broken]).handle(Request(text: "read"))
        #expect(broken.count == 1)
    }

    @Test func `gets one last call without tools at a limit`() async throws {
        let read = CountingTool("file_read", .readLocal)
        let model = ScriptedModel([ScriptedModel.calls(("file_read", "{}")), ScriptedModel.text("so far")])
        let answer = await Assistant.forTest(model, tools: [read])
            .handle(Request(text: "go", limits: RunLimits(maxSteps: 1)))
        #expect(answer.state == .limited)
        #expect(answer.text == "so far")
        #expect(try #require(model.requests.last).tools.isEmpty)
    }

    @Test func `counts tool calls across child runs`() async {
        let read = CountingTool("file_read", .readLocal)
        let model = ScriptedModel([
            ScriptedModel.calls(("helper", #"{"task":"look"}"#)),
            ScriptedModel.calls(("file_read", #"{"path":"a"}"#), ("file_read", #"{"path":"b"}"#)),
            ScriptedModel.text("child"), ScriptedModel.text("parent"),
        ])
        let answer = await Assistant.forTest(model, tools: [read])
            .handle(Request(text: "go", limits: RunLimits(maxToolCalls: 2)))
        #expect(read.count == 1)
        #expect(answer.tools.count == 2)
    }

    @Test func `delegates as a child run that sees no delegates`() async {
        let journal = ListJournal()
        let model = ScriptedModel([
            ScriptedModel.calls(("helper", #"{"task":"look"}"#)), ScriptedModel.text("found it"),
            ScriptedModel.text("it is found"),
        ])
        let answer = await Assistant.forTest(model, journal: journal).handle(Request(text: "find"))
        #expect(answer.text == "it is found")
        #expect(journal.entries.contains(.child("helper")))
        #expect(model.requests[1].tools.map(\.name) == ["result_read"])
        #expect(model.requests[2].messages.last == .tool(callID: "c0", content: "found it"))
    }

    /// After the opening, the first answer and the delegate's call: its run, its answer, its end.
    @Test(arguments: 3...5)
    func `ends with the store's failure that a delegate met`(stored: Int) async {
        let model = ScriptedModel([
            ScriptedModel.calls(("helper", #"{"task":"look"}"#)), ScriptedModel.text("found it"),
            ScriptedModel.text("it is found"),
        ])
        let answer = await Assistant.forTest(model, journal: ListJournal(failsAfter: stored))
            .handle(Request(text: "find"))
        #expect(answer.failure == .journal(JournalError(.unavailable, "the store is away")))
        #expect(answer.state == .failed && answer.text == nil)
        #expect(model.requests.count <= 2)
    }

    @Test func `does nothing when the store is away`() async {
        let model = ScriptedModel([ScriptedModel.text("hello")])
        let answer = await Assistant.forTest(model, journal: ListJournal(failsAfter: 0)).handle(Request(text: "hi"))
        #expect(answer.failure == .journal(JournalError(.unavailable, "the store is away")))
        #expect(model.requests.isEmpty)
    }

    @Test func `performs no effect whose intent could not be stored`() async {
        let write = CountingTool("file_create", .writeLocal)
        let model = ScriptedModel([ScriptedModel.calls(("file_create", "{}"))])
        let answer = await Assistant.forTest(
            model, tools: [write], journal: ListJournal(failsAfter: 2), approval: .approved
        ).handle(Request(text: "write", mode: .attended))
        #expect(write.count == 0)
        #expect(answer.state == .failed)
    }

    @Test func `keeps an answer that could not be stored`() async {
        let model = ScriptedModel([ScriptedModel.text("paid for")])
        let answer = await Assistant.forTest(model, journal: ListJournal(failsAfter: 2)).handle(Request(text: "hi"))
        #expect(answer.text == "paid for")
        #expect(answer.failure == .journal(JournalError(.unavailable, "the store is away")))
    }

    @Test func `shows the model the head of a long result and pages the rest`() async throws {
        let long = (1...5000).map { "line \($0)" }.joined(separator: "\n")
        let read = CountingTool("file_read", .readLocal, output: .success(long))
        let model = ScriptedModel([
            ScriptedModel.calls(("file_read", "{}")),
            ScriptedModel.calls(("result_read", #"{"id":"c0","find":"line 4999"}"#)), ScriptedModel.text("ok"),
        ])
        _ = await Assistant.forTest(model, tools: [read]).handle(Request(text: "go"))
        let outputs = try #require(model.requests.last?.messages).compactMap { message -> String? in
            if case .tool(_, let content) = message { content } else { nil }
        }
        #expect(TokenEstimate.tokens(in: outputs[0]) <= 2100)
        #expect(outputs[1].contains("4999: line 4999"))
    }

    @Test func `pages a long JSON result by the lines of its texts`() async throws {
        let text = (1...5000).map { "line \($0)" }.joined(separator: "\n")
        let long = JSON.object(["path": "a", "text": .string(text)]).description
        let read = CountingTool("file_read", .readLocal, output: .success(long))
        let model = ScriptedModel([
            ScriptedModel.calls(("file_read", "{}")),
            ScriptedModel.calls(("result_read", #"{"id":"c0","line":4000}"#)), ScriptedModel.text("ok"),
        ])
        _ = await Assistant.forTest(model, tools: [read]).handle(Request(text: "go"))
        guard case .tool(_, let page)? = try #require(model.requests.last).messages.last else { return }
        #expect(page.hasPrefix("4000: line 3998\n"))
        #expect(page.contains("[more follows; next line: "))
        #expect(TokenEstimate.tokens(in: page) <= 2100)
    }

    @Test func `shows a model no secret`() async throws {
        let read = CountingTool("file_read", .readLocal, output: .success("key hunter2"))
        let model = ScriptedModel([ScriptedModel.calls(("file_read", "{}")), ScriptedModel.text("ok")])
        let attachment = Attachment(name: "a", content: "hunter2")
        _ = await Assistant.forTest(model, tools: [read], redact: { $0.replacing("hunter2", with: "…") })
            .handle(Request(text: "use hunter2", attachments: [attachment]))
        #expect(!model.requests.contains { "\($0.messages)".contains("hunter2") })
    }

    @Test func `shows a model no secret in what a tool's error says`() async throws {
        let read = CountingTool("file_read", .readLocal, output: .failure(ToolError(.failed, "no hunter2 here")))
        let model = ScriptedModel([ScriptedModel.calls(("file_read", "{}")), ScriptedModel.text("ok")])
        let assistant = Assistant.forTest(model, tools: [read]) { $0.replacing("hunter2", with: "***") }
        _ = await assistant.handle(Request(text: "read"))
        #expect(try #require(model.requests.last).messages.last == .tool(callID: "c0", content: "error: no *** here"))
    }

    @Test func `gives a call an id of its own when the model repeats one in a later response`() async throws {
        let read = CountingTool("file_read", .readLocal)
        let model = ScriptedModel([
            ScriptedModel.calls(("file_read", "{}")), ScriptedModel.calls(("file_read", "{}")),
            ScriptedModel.text("ok"),
        ])
        _ = await Assistant.forTest(model, tools: [read]).handle(Request(text: "read"))
        let ids = try #require(model.requests.last).messages.compactMap { message -> String? in
            guard case .tool(let id, _) = message else { return nil }
            return id
        }
        #expect(ids == ["c0", "call_1_0"])
    }

    @Test func `says which agents there are when one is unknown`() async {
        let answer = await Assistant.forTest(ScriptedModel([])).handle(Request(text: "hi", agent: "nobody"))
        #expect(answer.failure == .unknownAgent("nobody", known: ["boss", "helper"]))
    }

    @Test func `ends interrupted when its task is cancelled, and is closed`() async {
        let journal = ListJournal()
        let task = Task {
            await Assistant.forTest(ScriptedModel([ScriptedModel.text("late")]), journal: journal).handle(
                Request(text: "hi"))
        }
        task.cancel()
        let answer = await task.value
        #expect(answer.state == .interrupted || answer.state == .done)
        #expect(journal.entries.last == .finish(answer.state, answer.text))
    }
}
