/// What happens with a checked call.
package enum PolicyDecision: Sendable, Hashable {
    case allow
    /// A person confirms, having seen the preview.
    case ask
    /// A person types the name of what will be gone.
    case askTypedName(String)
    /// Nobody is there to ask: denied now, kept for a later approval.
    case park(reason: String)
    case deny(reason: String)
}
