import Glibc

enum Signals {
    static func interrupt(_ process: Int32) { kill(process, SIGINT) }
    /// With everything that it has started.
    static func destroy(_ process: Int32) { kill(-process, SIGKILL) }
}
