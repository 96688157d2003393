package import HookInstall

/// How a hook was called, by git or by hand.
package struct HookCall: Sendable {
    package var name: HookName
    /// What git gives the hook.
    package var arguments: [String]
    /// `A..B`: the change from A to B, in place of what git is about to do or has done.
    package var range: String?
    /// By an installed script: git waits, or has gone on already. The hook never fails.
    package var isCalledByGit: Bool
    /// What would be sent is wanted, and nothing is sent.
    package var showsPayload: Bool
    /// A program reads the outcome: nothing of it is said besides, and commit-msg does nothing about it.
    package var isForProgram: Bool
    /// What git writes to the hook; nil when nothing is written. Read when the hook needs it.
    package var input: @Sendable () async throws -> String?

    package init(
        _ name: HookName, arguments: [String] = [], range: String? = nil, isCalledByGit: Bool = false,
        showsPayload: Bool = false, isForProgram: Bool = false,
        input: @escaping @Sendable () async throws -> String? = { nil }
    ) {
        self.name = name
        self.arguments = arguments
        self.range = range
        self.isCalledByGit = isCalledByGit
        self.showsPayload = showsPayload
        self.isForProgram = isForProgram
        self.input = input
    }
}
