/// What runs for the hooks that Vocero answers, in order.
package struct HookStatus: Sendable, Hashable {
    /// One thing that git runs, or would.
    package struct Step: Sendable, Hashable {
        package enum Kind: String, Sendable, Hashable {
            /// Vocero's script in the hooks directory.
            case script
            /// Vocero's by the configuration of the repository, or of the user.
            case configuration
            case userConfiguration
            /// Somebody else's.
            case foreign
        }

        package var kind: Kind
        package var path: String
        /// Of Vocero's script.
        package var version: Int?
        /// What Vocero's script runs.
        package var program: String?
        /// Why it does not run, or what is odd about it; a few words each.
        package var remarks: [String] = []
        package var runs = true
    }

    package struct Hook: Sendable, Hashable {
        package var name: HookName
        /// First to last.
        package var steps: [Step]

        /// Vocero is asked.
        package var isInstalled: Bool { steps.contains { $0.kind != .foreign && $0.runs } }
    }

    package var gitVersion: GitVersion
    package var directory: HooksDirectory
    /// `git config vocero.hooks` is false.
    package var isSwitchedOff: Bool
    package var managers: [HookManager]
    package var hooks: [Hook]
}
