package import FoundationEssentials
package import JSON

package struct ToolCallRecord: Sendable, Hashable {
    package var run: RunID
    package var step: Int
    /// Position among the calls of the step.
    package var index: Int
    package var call: ToolCall
    package var effect: EffectClass?
    package var recovery: RecoveryClass?
    package var intent: JSON?
    package var state: ToolCallState
    /// What the model sees; set with every state but `executing`.
    package var output: String?
    /// The whole output when the model saw only its head; stored as an artifact.
    package var wholeOutput: String?
    package var undo: JSON?
    package var at: Date

    package init(
        run: RunID, step: Int, index: Int, call: ToolCall, effect: EffectClass?, recovery: RecoveryClass?,
        intent: JSON?, state: ToolCallState, output: String?, wholeOutput: String? = nil, undo: JSON? = nil, at: Date
    ) {
        self.run = run
        self.step = step
        self.index = index
        self.call = call
        self.effect = effect
        self.recovery = recovery
        self.intent = intent
        self.state = state
        self.output = output
        self.wholeOutput = wholeOutput
        self.undo = undo
        self.at = at
    }
}
