/// Remembers how the calls of one run went, to end loops: three calls in a row that cannot be understood stop
/// the run, and a call that just failed is not carried out again as it was.
struct CallHistory {
    static let mostInvalidInARow = 3

    private var invalidInARow = 0
    private var lastFailed: ToolCall?

    /// True when this very call was the last one and failed.
    func repeatsFailure(_ call: ToolCall) -> Bool {
        lastFailed?.name == call.name && lastFailed?.arguments == call.arguments
    }

    mutating func note(_ call: ToolCall, state: ToolCallState) {
        invalidInARow = state == .invalid ? invalidInARow + 1 : 0
        lastFailed = state == .failed || state == .invalid ? call : nil
    }

    /// The model wrote a call as text that nobody understands.
    mutating func noteUnclear() { invalidInARow += 1 }

    var isStuck: Bool { invalidInARow >= Self.mostInvalidInARow }
}
