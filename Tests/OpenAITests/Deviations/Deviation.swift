import Assistant
import JSON
import TestSupport
import Testing

/// What one endpoint has been seen to send where the protocol wants something else, and what must come of it, whoever
/// asks: a person (streamed, with tools), a batch (whole, with tools), a hook (streamed, without tools).
struct Deviation: Sendable, CustomTestStringConvertible {
    enum Outcome: Sendable, Equatable {
        case answer(String)
        /// These calls are carried out, `NAME ARGUMENTS`, and the answer to their results is given.
        case calls([String])
        /// The same, of calls that stand in the text: where there are no tools it is no answer.
        case written(String)
        /// Nothing is carried out, the model is told so, and its next answer counts; without tools it is no answer.
        case corrected
        /// No answer, and nothing is carried out.
        case failure(EngineError.Kind)
        /// Cut off: said so, and what there is of it is kept.
        case limited(String?)
    }

    /// Where it was reported.
    let source: String
    let what: String
    /// The streamed answer as it comes.
    let stream: LoopbackReply
    /// The same where no stream was asked for; nil where there is nothing of the kind.
    let whole: LoopbackReply?
    let outcome: Outcome
    /// What is paid for, where the row is about that.
    let usage: Usage?

    var testDescription: String { what }

    init(
        _ source: String, _ what: String, stream: LoopbackReply, whole: LoopbackReply?, _ outcome: Outcome,
        usage: Usage? = nil
    ) {
        self.source = source.hasPrefix("http") || source.hasPrefix("protocol") ? source : "https://github.com/" + source
        self.what = what
        self.stream = stream
        self.whole = whole
        self.outcome = outcome
        self.usage = usage
    }

    /// One message, as one delta and as a whole. `finish` is JSON.
    init(
        _ source: String, _ what: String, message: String, finish: String = #""stop""#, more: String = "",
        _ outcome: Outcome, usage: Usage? = nil
    ) {
        let choice = #"{"index":0,"delta":\#(message),"finish_reason":null}"#
        let last = #"{"index":0,"delta":{},"finish_reason":\#(finish)}"#
        self.init(
            source, what,
            stream: .events([#"{"choices":[\#(choice)]}"#, #"{"choices":[\#(last)]\#(more)}"#, "[DONE]"]),
            whole: Self.body(message, finish, more), outcome, usage: usage)
    }

    /// Text that is written so.
    init(_ source: String, _ what: String, text: String, finish: String = #""stop""#, _ outcome: Outcome) {
        self.init(
            source, what, message: (["content": .string(text)] as JSON).description, finish: finish, outcome)
    }

    /// Deltas of a stream; a server that answers whole sends `message`.
    init(
        _ source: String, _ what: String, deltas: [String], finish: String = #""stop""#, message: String,
        _ outcome: Outcome
    ) {
        let chunks = deltas.map { #"{"choices":[{"index":0,"delta":\#($0),"finish_reason":null}]}"# }
        let last = #"{"choices":[{"index":0,"delta":{},"finish_reason":\#(finish)}]}"#
        self.init(
            source, what, stream: .events(chunks + [last, "[DONE]"]), whole: Self.body(message, finish, ""), outcome)
    }

    /// What stands between the pieces of a good answer.
    init(_ source: String, _ what: String, noise: String) {
        let first = #"data: {"choices":[{"delta":{"content":"Do"}}]}"# + "\n\n"
        let second = #"data: {"choices":[{"delta":{"content":"ne."},"finish_reason":"stop"}]}"# + "\n\n"
        self.init(
            source, what,
            stream: .stream(
                headers: ["Content-Type": "text/event-stream"],
                pieces: [.init(noise + first + noise + second + noise + "data: [DONE]\n\n")]),
            whole: nil, .answer("Done."))
    }

    static func body(_ message: String, _ finish: String, _ more: String) -> LoopbackReply {
        .text(
            #"{"choices":[{"index":0,"message":\#(message),"finish_reason":\#(finish)}]\#(more)}"#,
            contentType: "application/json")
    }

    static let all = endings + streams + calls + written + thoughts + usages
}
