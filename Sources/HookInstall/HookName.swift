/// The git hooks that Vocero answers.
package enum HookName: String, Sendable, Hashable, CaseIterable {
    case prepareCommitMessage = "prepare-commit-msg"
    case commitMessage = "commit-msg"
    case postCommit = "post-commit"
    case prePush = "pre-push"
    case postMerge = "post-merge"
    case postRewrite = "post-rewrite"
    case postCheckout = "post-checkout"

    /// Git waits for it; the others do their work in the background.
    package var isWaitedFor: Bool {
        switch self {
        case .prepareCommitMessage, .commitMessage, .prePush: true
        case .postCommit, .postMerge, .postRewrite, .postCheckout: false
        }
    }

    /// What is installed where no names are given: `commit-msg` has an opinion, and is asked for by name.
    package static let installedByDefault = allCases.filter { $0 != .commitMessage }
}
