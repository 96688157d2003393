import FoundationEssentials
import JSON
import Speech
import Testing

@testable import Assistant
@testable import Application

struct `The object that ask --json prints` {
    private static func answer(
        text: String?, state: RunState, failure: RunFailure? = nil, parked: [ParkedCall] = []
    ) -> Answer {
        var timings = RunTimings()
        timings.total = .milliseconds(1234)
        return Answer(
            run: RunID(UUID()), sessionKey: "key", state: state, text: text,
            tools: [
                ToolUse(
                    agent: "file_admin", tool: "file_read", arguments: ["path": "a"], state: .succeeded,
                    took: .microseconds(2500))
            ], usage: Usage(inputTokens: 3, cachedInputTokens: 1, outputTokens: 2), costInUSD: nil, timings: timings,
            failure: failure, parked: parked)
    }

    @Test func `has every member of a run that is done`() {
        let answer = Self.answer(text: "Well.", state: .done)
        let object = AnswerView(AskOutcome(answer: answer, transcript: nil, kept: .stored)).json
        #expect(
            object == [
                "run": .string(answer.run.description), "session": "key", "state": "done", "stored": "stored",
                "transcript": nil, "answer": "Well.",
                "tools": [
                    [
                        "agent": "file_admin", "tool": "file_read", "arguments": ["path": "a"], "state": "succeeded",
                        "duration_ms": 2,
                    ]
                ],
                "usage": [
                    "input_tokens": 3, "cached_input_tokens": 1, "cache_write_tokens": 0, "output_tokens": 2,
                    "cost_usd": nil,
                ],
                "timings": ["recall_ms": 0, "model_ms": 0, "tools_ms": 0, "total_ms": 1234],
                "understood": true,
            ])
    }

    @Test func `says why there is no answer`() {
        let answer = Self.answer(text: nil, state: .failed, failure: .toolErrors("three wrong calls"))
        let object = AnswerView(AskOutcome(answer: answer, transcript: nil, kept: .stored)).json
        #expect(object["answer"] == .null && object["error"] == "three wrong calls")
    }

    @Test func `lists what waits for an approval`() {
        let parked = ParkedCall(tool: "file_create", preview: "+x", reason: "nobody to ask")
        let answer = Self.answer(text: "Not done.", state: .parked, parked: [parked])
        let object = AnswerView(AskOutcome(answer: answer, transcript: nil, kept: .stored)).json
        #expect(object["parked"] == [["tool": "file_create", "reason": "nobody to ask", "preview": "+x"]])
    }
}
