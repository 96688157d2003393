/// What `services status` shows of one server.
package enum ServiceStatus: Sendable, Hashable {
    case running(processID: Int32, address: String)
    case starting(processID: Int32)
    /// By a process that is not seen from here: of another container, or on another machine.
    case elsewhere(place: String)
    /// Installed or made before, and not running now.
    case stopped
    /// Never made: the first use does that.
    case absent
}
