import Glibc

enum Signals {
    static func interrupt(_ process: Int32) { kill(process, SIGINT) }
}
