/// What an installation or uninstallation did about one hook.
package struct HookChange: Sendable, Hashable {
    package enum Result: String, Sendable, Hashable {
        case installed
        /// An older script, or one for another path of the program, was replaced.
        case updated
        case unchanged
        case removed
        /// There was nothing to remove.
        case absent
        /// Left as it is, though it is or was ours; the sentence says why.
        case kept
        /// Not done; the sentence says why and what to do.
        case refused
    }

    package let name: HookName
    package let result: Result
    /// A sentence for a person, where the result does not say it all.
    package let sentence: String?

    package init(_ name: HookName, _ result: Result, _ sentence: String? = nil) {
        self.name = name
        self.result = result
        self.sentence = sentence
    }
}

/// What an installation or uninstallation did.
package struct HookReport: Sendable, Hashable {
    package var changes: [HookChange]
    /// Where: a directory, or `the configuration of this repository`.
    package var place: String
    /// What a person should know besides, a short text each.
    package var notes: [String]

    package var isComplete: Bool { !changes.contains { $0.result == .refused } }
}
