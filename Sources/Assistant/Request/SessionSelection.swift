package enum SessionSelection: Sendable, Hashable {
    case new
    /// The session with this key, made if it does not exist.
    case key(String)
    /// The latest session of this repository.
    case latest
}
