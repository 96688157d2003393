/// What one check found.
package struct Finding: Sendable {
    package enum State: String, Sendable {
        case good
        /// Works without it, but less well.
        case missing
        case broken
    }

    package let name: String
    package let state: State
    package let what: String
    /// How to mend it.
    package let advice: String?

    package init(name: String, state: State, what: String, advice: String?) {
        self.name = name
        self.state = state
        self.what = what
        self.advice = advice
    }
}
