/// Who is there to be asked.
package enum Mode: String, Sendable, Hashable {
    /// A person at a terminal.
    case attended
    /// A git hook.
    case hook
    /// No terminal: batch, CI, a pipe.
    case unattended
}
