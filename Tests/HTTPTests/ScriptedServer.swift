import Glibc
import Synchronization

/// An HTTP/1.1 server on loopback whose script writes every byte itself, and which counts connections: for
/// what a well-behaved server never does.
final class ScriptedServer: Sendable {
    struct Request: Sendable {
        var line: String
        /// Names in lower case.
        var headers: [String: String]
        var body: [UInt8]
        /// The number of the connection, from 1.
        var connection: Int
    }

    typealias Script = @Sendable (Connection, Request) -> Void

    let port: Int
    private let listener: Int32
    private let log: Log

    var url: String { "http://127.0.0.1:\(port)" }
    var requests: [Request] { log.requests.withLock { $0 } }
    var connections: Int { log.connections.withLock { $0 } }

    private final class Log: Sendable {
        let requests = Mutex<[Request]>([])
        let connections = Mutex(0)
    }

    struct SetupFailure: Error {}

    /// Listens on a Unix socket.
    init(unixSocket path: String, _ script: @escaping Script) throws {
        let listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix($0.count - 1)) }
        let bound = withUnsafeMutablePointer(to: &address) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(listener, address, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0 && listen(listener, 256) == 0
            }
        }
        guard bound else { throw SetupFailure() }
        self.listener = listener
        port = 0
        let log = Log()
        self.log = log
        startThread { Self.accept(listener, log, script) }
    }

    init(_ script: @escaping Script) throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutablePointer(to: &address) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(listener, address, size) == 0 && listen(listener, 256) == 0
                    && getsockname(listener, address, &size) == 0
            }
        }
        guard bound else { throw SetupFailure() }
        self.listener = listener
        port = Int(UInt16(bigEndian: address.sin_port))
        let log = Log()
        self.log = log
        startThread { Self.accept(listener, log, script) }
    }

    deinit { shutdown(listener, Int32(SHUT_RDWR)) }

    private static func accept(_ listener: Int32, _ log: Log, _ script: @escaping Script) {
        while case let descriptor = Glibc.accept(listener, nil, nil), descriptor >= 0 {
            let connection = Connection(descriptor)
            let number = log.connections.withLock { count in
                count += 1
                return count
            }
            startThread {
                while let request = connection.readRequest(number) {
                    log.requests.withLock { $0.append(request) }
                    script(connection, request)
                }
            }
        }
        close(listener)
    }

    /// One connection, as a script sees it.
    final class Connection: Sendable {
        private let descriptor: Int32
        private let unread = Mutex<[UInt8]>([])

        fileprivate init(_ descriptor: Int32) { self.descriptor = descriptor }
        deinit { close(descriptor) }

        func write(_ text: String) { write(Array(text.utf8)) }

        /// Writes all of it, or as much as the client takes before it goes.
        func write(_ bytes: [UInt8]) {
            var sent = 0
            while sent < bytes.count {
                let count = bytes[sent...].withUnsafeBytes {
                    send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
                }
                guard count > 0 else { return }
                sent += count
            }
        }

        /// A whole answer with a true length.
        func reply(_ status: Int, _ headers: [String: String] = [:], _ body: String = "") {
            let fields = headers.map { "\($0): \($1)\r\n" }.joined()
            write("HTTP/1.1 \(status) Status\r\n\(fields)Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
        }

        func finish() { shutdown(descriptor, Int32(SHUT_RDWR)) }

        /// Ends the connection with a reset in place of an orderly end.
        func reset() {
            var option = linger(l_onoff: 1, l_linger: 0)
            setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
            // Connecting to an unspecified address drops a connection at once, with a reset.
            var nobody = sockaddr(
                sa_family: sa_family_t(AF_UNSPEC), sa_data: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))
            connect(descriptor, &nobody, socklen_t(MemoryLayout<sockaddr>.size))
        }

        /// Waits until the client has closed its side.
        func waitForClose() { while receive() {} }

        func pause(milliseconds: Int) { usleep(UInt32(milliseconds * 1000)) }

        private func receive() -> Bool {
            var buffer = [UInt8](repeating: 0, count: 64 << 10)
            let count = recv(descriptor, &buffer, buffer.count, 0)
            guard count > 0 else { return false }
            unread.withLock { $0 += buffer[..<count] }
            return true
        }

        fileprivate func readRequest(_ connection: Int) -> Request? {
            var head: [UInt8]?
            while head == nil {
                head = unread.withLock { bytes in
                    guard let end = Self.headEnd(bytes) else { return nil }
                    defer { bytes.removeFirst(end) }
                    return Array(bytes[..<end])
                }
                if head == nil, !receive() { return nil }
            }
            let lines = String(decoding: head ?? [], as: UTF8.self).split(separator: "\r\n")
            var headers: [String: String] = [:]
            for line in lines.dropFirst() {
                let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
                headers[parts[0].lowercased()] = String(parts[1].drop { $0 == " " })
            }
            let length = headers["content-length"].flatMap { Int($0) } ?? 0
            while unread.withLock({ $0.count }) < length { guard receive() else { return nil } }
            let body = unread.withLock { bytes in
                defer { bytes.removeFirst(length) }
                return Array(bytes[..<length])
            }
            return Request(line: String(lines[0]), headers: headers, body: body, connection: connection)
        }

        private static func headEnd(_ bytes: [UInt8]) -> Int? {
            guard bytes.count >= 4 else { return nil }
            return (4...bytes.count).first { bytes[($0 - 4)..<$0].elementsEqual([13, 10, 13, 10]) }
        }
    }
}

/// Starts a thread that ends with its body.
private func startThread(_ body: @escaping @Sendable () -> Void) {
    final class Box {
        let body: @Sendable () -> Void; init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
    var thread = pthread_t()
    let context = Unmanaged.passRetained(Box(body)).toOpaque()
    pthread_create(
        &thread, nil,
        { context in
            guard let context else { return nil }
            Unmanaged<Box>.fromOpaque(context).takeRetainedValue().body()
            return nil
        }, context)
    pthread_detach(thread)
}
