internal import Glibc
internal import Synchronization

/// A small HTTP/1.1 server on 127.0.0.1 that answers as a test says, and misbehaves as a test says.
///
/// The handler is called on the connection's own thread once the whole request is there, and may block. The
/// server stops when the last reference to it goes.
package final class LoopbackServer: Sendable {
    package typealias Handler = @Sendable (LoopbackRequest) -> LoopbackReply

    package let port: Int
    private let listener: Int32
    private let log: LoopbackLog

    /// Listens on a free port.
    package init(handler: @escaping Handler) throws {
        let (listener, port) = try listeningSocket(on: "127.0.0.1")
        let log = LoopbackLog()
        self.listener = listener
        self.port = port
        self.log = log
        startThread { Self.accept(on: listener, log, handler) }
    }

    deinit { stop() }

    package var url: String { "http://127.0.0.1:\(port)" }

    /// All requests that came in whole, in the order in which they were complete.
    package var requests: [LoopbackRequest] { log.state.withLock { $0.requests } }

    /// How many connections were ever opened.
    package var connectionCount: Int { log.state.withLock { $0.connectionCount } }

    /// How many replies the client did not wait for: it closed its side before they were whole.
    package var abandonedCount: Int { log.state.withLock { $0.abandonedCount } }

    /// Waits until that many replies were abandoned; false when it takes longer than a test should.
    package func waitForAbandoned(_ count: Int = 1) async -> Bool {
        for _ in 0..<1000 where abandonedCount < count {
            do { try await Task.sleep(for: .milliseconds(10)) } catch { return false }
        }
        return abandonedCount >= count
    }

    /// Refuses new connections and breaks the open ones.
    package func stop() {
        log.state.withLock { state in
            guard !state.isStopped else { return }
            state.isStopped = true
            shutdown(listener, Int32(SHUT_RDWR))
            // Still under the lock: a descriptor is closed only after it left the set.
            for descriptor in state.open { shutdown(descriptor, Int32(SHUT_RDWR)) }
        }
    }

    private static func accept(on listener: Int32, _ log: LoopbackLog, _ handler: @escaping Handler) {
        while case let descriptor = Glibc.accept(listener, nil, nil), descriptor >= 0 {
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
            guard let number = log.opened(descriptor) else {
                close(descriptor)
                break
            }
            startThread {
                let connection = LoopbackConnection(descriptor: descriptor, number: number, log: log)
                connection.serve(handler)
            }
        }
        close(listener)
    }
}

package struct LoopbackSetupFailure: Error {
    /// `errno`.
    package let code: Int32
}

/// What a server and its connections know together.
final class LoopbackLog: Sendable {
    struct State {
        var requests: [LoopbackRequest] = []
        var connectionCount = 0
        var abandonedCount = 0
        var open: Set<Int32> = []
        var isStopped = false
    }

    let state = Mutex(State())

    var isStopped: Bool { state.withLock { $0.isStopped } }

    /// The connection's number; nil when the server has stopped.
    func opened(_ descriptor: Int32) -> Int? {
        state.withLock { state in
            guard !state.isStopped else { return nil }
            state.open.insert(descriptor)
            state.connectionCount += 1
            return state.connectionCount
        }
    }

    func close(_ descriptor: Int32) {
        state.withLock { state in
            state.open.remove(descriptor)
            // A process that a test starts meanwhile may hold a copy: closing alone would not end the connection.
            shutdown(descriptor, Int32(SHUT_RDWR))
            _ = Glibc.close(descriptor)
        }
    }

    func abandoned() {
        state.withLock { if !$0.isStopped { $0.abandonedCount += 1 } }
    }
}

/// Starts a thread that ends with its body.
func startThread(_ body: @escaping @Sendable () -> Void) {
    final class Body {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }
    var thread = pthread_t()
    let context = Unmanaged.passRetained(Body(body)).toOpaque()
    pthread_create(
        &thread, nil,
        { context in
            if let context { Unmanaged<Body>.fromOpaque(context).takeRetainedValue().run() }
            return nil
        }, context)
    pthread_detach(thread)
}

/// A socket that listens on a free port of an address.
func listeningSocket(on host: String) throws -> (descriptor: Int32, port: Int) {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    inet_pton(AF_INET, host, &address.sin_addr)
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isListening = withUnsafeMutablePointer(to: &address) { address in
        address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
            bind(listener, address, size) == 0 && Glibc.listen(listener, 512) == 0
                && getsockname(listener, address, &size) == 0
        }
    }
    guard isListening else { throw LoopbackSetupFailure(code: errno) }
    return (listener, Int(UInt16(bigEndian: address.sin_port)))
}
