/// What `services status` shows of one server.
package enum ServiceStatus: Sendable, Hashable {
    case running(processID: Int32, address: String)
    case starting(processID: Int32)
    /// Installed or made before, and not running now.
    case stopped
    /// Never made: the first use does that.
    case absent
}
