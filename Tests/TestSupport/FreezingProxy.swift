internal import Glibc
internal import Synchronization

/// Stands between a client and PostgreSQL's socket, and can be frozen: then nothing goes through in either direction,
/// nothing is closed, and new connections get no answer, as when a network is cut.
package final class FreezingProxy: Sendable {
    private struct State {
        var isFrozen = false
        var isStopped = false
        var open: Set<Int32> = []
        var passed = 0
    }

    private final class Shared: Sendable {
        let state = Mutex(State())
    }

    package let address: String
    package let port: Int
    private let listener: Int32
    private let shared = Shared()

    /// Listens on a free port of an address of this machine, and passes everything on to a Unix socket.
    package init(to socketPath: String, address: String = "127.0.0.1") throws {
        (listener, port) = try listeningSocket(on: address)
        self.address = address
        let (listener, shared) = (listener, shared)
        startThread {
            while case let client = accept(listener, nil, nil), client >= 0 {
                _ = fcntl(client, F_SETFD, FD_CLOEXEC)
                startThread { Self.serve(client, socketPath, shared) }
            }
            close(listener)
        }
    }

    /// The same database, reached through this.
    package func connectionString(of connectionString: String) -> String {
        let rest = connectionString.drop { $0 != "=" }.dropFirst(2).drop { $0 != "'" }.dropFirst()
        return "host=\(address) \(rest.replacing("hostaddr=''", with: "").replacing("port=5432", with: "port=\(port)"))"
    }

    /// The directory of the socket in a connection string such as ``TestDatabase`` has.
    package static func socketPath(in connectionString: String) -> String {
        connectionString.dropFirst("host='".count).prefix { $0 != "'" } + "/.s.PGSQL.5432"
    }

    deinit { stop() }

    package func freeze() { shared.state.withLock { $0.isFrozen = true } }
    package func thaw() { shared.state.withLock { $0.isFrozen = false } }

    /// Bytes that went through so far.
    package var passed: Int { shared.state.withLock { $0.passed } }

    package func stop() {
        shared.state.withLock { state in
            guard !state.isStopped else { return }
            state.isStopped = true
            shutdown(listener, Int32(SHUT_RDWR))
            for descriptor in state.open { shutdown(descriptor, Int32(SHUT_RDWR)) }
        }
    }

    private static func serve(_ client: Int32, _ socketPath: String, _ shared: Shared) {
        guard waitForThaw(shared), let server = connection(to: socketPath) else {
            close(client)
            return
        }
        shared.state.withLock { state in
            state.open.insert(client)
            state.open.insert(server)
        }
        let ends = Mutex(0)
        let pump: @Sendable (Int32, Int32) -> Void = { from, to in
            pass(from, to, shared)
            guard
                ends.withLock({
                    $0 += 1; return $0
                }) == 2
            else { return }
            shared.state.withLock { state in
                for descriptor in [client, server] {
                    state.open.remove(descriptor)
                    close(descriptor)
                }
            }
        }
        startThread { pump(client, server) }
        pump(server, client)
    }

    private static func pass(_ from: Int32, _ to: Int32, _ shared: Shared) {
        var block = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = recv(from, &block, block.count, 0)
            if count < 0, errno == EINTR { continue }
            guard waitForThaw(shared), count > 0 else { break }
            shared.state.withLock { $0.passed += count }
            var sent = 0
            while sent < count {
                let more = block[sent..<count].withUnsafeBytes {
                    send(to, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
                }
                guard more > 0 else { break }
                sent += more
            }
            if sent < count { break }
        }
        shutdown(to, Int32(SHUT_RDWR))
        shutdown(from, Int32(SHUT_RDWR))
    }

    /// False when the proxy has stopped.
    private static func waitForThaw(_ shared: Shared) -> Bool {
        while true {
            let (isFrozen, isStopped) = shared.state.withLock { ($0.isFrozen, $0.isStopped) }
            if isStopped || !isFrozen { return !isStopped }
            usleep(5000)
        }
    }

    private static func connection(to path: String) -> Int32? {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix($0.count - 1)) }
        let isConnected = withUnsafeMutablePointer(to: &address) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
            }
        }
        if isConnected { return descriptor }
        close(descriptor)
        return nil
    }
}
