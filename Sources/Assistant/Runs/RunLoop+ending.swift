extension RunLoop {
    /// How a run ended.
    struct Ending: Sendable {
        var state: RunState
        var text: String?
        var failure: RunFailure?
        /// Of this run's own model calls, its child runs' not counted.
        var usage = Usage()
    }

    static func written(_ response: ChatResponse, _ tools: [ToolDescription]) -> WrittenCall {
        WrittenCall.reading(response.text ?? "", tools: tools)
    }

    static func ending(after outcomes: [CallExecutor.Outcome], _ history: CallHistory) -> Ending? {
        if let unknown = outcomes.first(where: { $0.state == .unknown }) {
            return Ending(state: .unknown, failure: .outcomeUnknown(unknown.output))
        }
        if history.isStuck {
            let text = "the model made \(CallHistory.mostInvalidInARow) calls in a row that no tool understands"
            return Ending(state: .failed, failure: .toolErrors(text))
        }
        return nil
    }

    /// An answer that was cut off or held back is none; what there is of it is kept.
    /// `isCall`: its text is a call of a tool, which is never an answer.
    static func ending(of response: ChatResponse, isCall: Bool = false) -> Ending {
        switch response.refusal {
        case .notUnderstood(let misunderstanding):
            return Ending(state: .failed, failure: .notUnderstood(misunderstanding))
        case .notDone(let reason): return Ending(state: .failed, failure: .notDone(reason))
        case nil: break
        }
        let text = isCall ? nil : response.text
        switch response.ending {
        case .length:
            return Ending(state: .limited, text: text, failure: .limit("the model's longest answer"))
        case .filtered:
            let error = EngineError(
                .refused, "The endpoint's content filter held the answer back; word it differently.")
            return Ending(state: .failed, text: text, failure: .engine(error))
        case .whole, .broken, .unknown: break
        }
        if isCall {
            let error = EngineError(
                .malformed,
                "The model wrote a tool call where an answer was asked for; try again, or choose another model.")
            return Ending(state: .failed, failure: .engine(error))
        }
        if response.text?.contains(where: { !$0.isWhitespace }) ?? false {
            return Ending(state: .done, text: response.text)
        }
        let error = EngineError(.malformed, "The endpoint gave an empty answer; try again, or choose another model.")
        return Ending(state: .failed, failure: .engine(error))
    }

    static func ending(of failure: RunFailure) -> Ending {
        switch failure {
        case .interrupted: Ending(state: .interrupted, failure: failure)
        case .journal(let error) where error.kind == .cancelled: Ending(state: .interrupted, failure: .interrupted)
        case .limit: Ending(state: .limited, failure: failure)
        default: Ending(state: .failed, failure: failure)
        }
    }
}
