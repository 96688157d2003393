package import JSON

/// Something an agent can do. Named noun_verb: `git_log`, `file_create`.
package protocol Tool: Sendable {
    var description: ToolDescription { get }
    var effect: EffectClass { get }
    var recovery: RecoveryClass { get }

    /// Checks the arguments against the world and says what the call would do. Has no effect itself. The
    /// arguments have already passed the description's schema.
    func prepare(_ arguments: JSON) async throws(ToolError) -> PreparedCall
}
