/// Something an agent can do. Named noun_verb: `git_log`, `file_create`.
package protocol Tool: Sendable {
    var declaration: ToolDeclaration { get }

    /// Checks the arguments against the world and says what the call would do. Has no effect itself.
    func prepare(_ arguments: Arguments) async throws(ToolError) -> PreparedCall
}

extension Tool {
    package var description: ToolDescription { declaration.description }
    package var effect: EffectClass { declaration.effect }
    package var recovery: RecoveryClass { declaration.recovery }
}
