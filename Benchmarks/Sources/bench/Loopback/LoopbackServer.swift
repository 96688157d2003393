import Dispatch
import Glibc
import Synchronization

/// An HTTP/1.1 server on loopback that answers at once. It says when a request came and when its answer was sent.
final class LoopbackServer: Sendable {
    /// A request without its body when that is long.
    struct Request: Sendable {
        let path: String
        let body: [UInt8]
        let bodyLength: Int
    }

    struct Event: Sendable {
        let request: Request
        let arrived: ContinuousClock.Instant
        let answered: ContinuousClock.Instant
    }

    struct Reply: Sendable {
        let contentType: String
        let body: [UInt8]
    }

    let port: UInt16
    private let answer: @Sendable (Request) -> Reply
    private let log = Mutex<[Event]>([])
    private let delay: Duration
    private let keepsEvents: Bool
    /// Bodies up to this many bytes are kept; of the others only the length.
    private static let mostKept = 1 << 20

    /// `delay`: between a request and its answer. `keepsEvents`: false where there are too many of them.
    init(delay: Duration = .zero, keepsEvents: Bool = true, answer: @escaping @Sendable (Request) -> Reply) throws {
        self.answer = answer
        self.delay = delay
        self.keepsEvents = keepsEvents
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, length) == 0 && listen(listener, 64) == 0 && getsockname(listener, $0, &length) == 0
            }
        }
        guard isListening else { throw BenchmarkError("the loopback server cannot listen") }
        port = UInt16(bigEndian: address.sin_port)
        DispatchQueue(label: "loopback").async { [self] in
            while true {
                let connection = accept(listener, nil, nil)
                guard connection >= 0 else { continue }
                _ = fcntl(connection, F_SETFD, FD_CLOEXEC)
                var one: Int32 = 1
                setsockopt(connection, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
                DispatchQueue(label: "loopback.connection").async { self.serve(connection) }
            }
        }
    }

    var url: String { "http://127.0.0.1:\(port)/v1" }

    /// What happened since the last time this was asked.
    func events() -> [Event] {
        log.withLock { events in
            defer { events = [] }
            return events
        }
    }

    private func serve(_ descriptor: Int32) {
        defer { close(descriptor) }
        var connection = LoopbackConnection(descriptor: descriptor)
        while let request = connection.request(keeping: keepsEvents ? Self.mostKept : 0) {
            let arrived = ContinuousClock.now
            let reply = answer(request)
            if delay > .zero { usleep(UInt32(delay / .microseconds(1))) }
            let head =
                "HTTP/1.1 200 OK\r\nContent-Type: \(reply.contentType)\r\nContent-Length: \(reply.body.count)\r\n\r\n"
            let sent = connection.send(Array(head.utf8) + reply.body)
            if keepsEvents {
                let event = Event(request: request, arrived: arrived, answered: .now)
                log.withLock { $0.append(event) }
            }
            guard sent else { return }
        }
    }
}
