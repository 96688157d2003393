internal import Glibc
internal import Synchronization

/// What looks like a PostgreSQL server on loopback, and asks whoever comes for a password in clear.
package final class LoopbackPostgres: Sendable {
    private struct Counts {
        var connections = 0
        var passwords = 0
    }

    package let port: Int
    private let listener: Int32
    private let counts: SharedCounts

    private final class SharedCounts: Sendable {
        let state = Mutex(Counts())
    }

    package init() throws {
        let (listener, port) = try listeningSocket(on: "127.0.0.1")
        let counts = SharedCounts()
        self.listener = listener
        self.port = port
        self.counts = counts
        startThread {
            while case let descriptor = Glibc.accept(listener, nil, nil), descriptor >= 0 {
                _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
                counts.state.withLock { $0.connections += 1 }
                startThread {
                    if Self.getsPassword(descriptor) { counts.state.withLock { $0.passwords += 1 } }
                    close(descriptor)
                }
            }
            close(listener)
        }
    }

    deinit { shutdown(listener, Int32(SHUT_RDWR)) }

    package var connectionCount: Int { counts.state.withLock { $0.connections } }
    /// How many sent one.
    package var passwordCount: Int { counts.state.withLock { $0.passwords } }

    private static func getsPassword(_ descriptor: Int32) -> Bool {
        var block = [UInt8](repeating: 0, count: 4_096)
        while case let count = recv(descriptor, &block, block.count, 0), count > 0 {
            // Requests for TLS or GSSAPI are eight bytes and begin with their length; anything shorter is nothing.
            if count == 8 {
                send(descriptor, "N", 1, Int32(MSG_NOSIGNAL))
            } else if block[0] == UInt8(ascii: "p") {
                return true
            } else {
                let request: [UInt8] = [UInt8(ascii: "R"), 0, 0, 0, 8, 0, 0, 0, 3]
                send(descriptor, request, request.count, Int32(MSG_NOSIGNAL))
            }
        }
        return false
    }
}
