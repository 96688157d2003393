internal import Glibc
internal import Synchronization

/// One connection of a ``LoopbackServer``, served on its own thread.
final class LoopbackConnection {
    /// `POLLRDHUP`, which the C library's module does not show.
    private static let clientClosed: Int16 = 0x2000

    private let descriptor: Int32
    private let number: Int
    private let log: LoopbackLog
    /// Received and not yet read.
    private var unread: [UInt8] = []
    private var position = 0

    init(descriptor: Int32, number: Int, log: LoopbackLog) {
        self.descriptor = descriptor
        self.number = number
        self.log = log
    }

    /// Answers requests until either side ends the connection.
    func serve(_ handler: LoopbackServer.Handler) {
        while let request = readRequest() {
            log.state.withLock { $0.requests.append(request) }
            let reply = handler(request)
            guard carryOut(reply, for: request), request.headers["connection"]?.lowercased() != "close" else { break }
        }
        log.close(descriptor)
    }

    // MARK: Replies

    /// Whether the connection lives on.
    private func carryOut(_ reply: LoopbackReply, for request: LoopbackRequest) -> Bool {
        switch reply {
        case .response(let status, let headers, let body):
            return respond(status, headers, body, length: body.count, omitsBody: request.method == "HEAD")
        case .short(let status, let headers, let body, let length):
            _ = respond(status, headers, body, length: length, omitsBody: false)
            return false
        case .stream(let status, let headers, let pieces, let ending):
            let head = headers.merging(["Transfer-Encoding": "chunked"]) { own, _ in own }
            return write(Self.head(status, head)) && write(chunks: pieces) && end(ending, isChunked: true)
        case .raw(let bytes, let ending): return write(bytes) && end(ending, isChunked: false)
        case .reset: return end(.reset, isChunked: false)
        case .close: return false
        case .hang: return end(.hang, isChunked: false)
        case .after(let delay, let reply): return wait(delay) && carryOut(reply, for: request)
        }
    }

    private func respond(
        _ status: Int, _ headers: [String: String], _ body: [UInt8], length: Int, omitsBody: Bool
    ) -> Bool {
        let hasBody = status >= 200 && status != 204 && status != 304
        let head = hasBody ? headers.merging(["Content-Length": String(length)]) { own, _ in own } : headers
        return write(Self.head(status, head) + (hasBody && !omitsBody ? body : []))
    }

    private static func head(_ status: Int, _ headers: [String: String]) -> [UInt8] {
        let fields = headers.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)\r\n" }.joined()
        return Array("HTTP/1.1 \(status) Status\r\n\(fields)\r\n".utf8)
    }

    private func write(chunks: [LoopbackReply.Piece]) -> Bool {
        chunks.allSatisfy { piece in
            guard wait(piece.delay) else { return false }
            // A chunk without bytes would be the last one.
            guard !piece.bytes.isEmpty else { return true }
            return write(Array("\(String(piece.bytes.count, radix: 16))\r\n".utf8) + piece.bytes + [13, 10])
        }
    }

    private func end(_ ending: LoopbackReply.Ending, isChunked: Bool) -> Bool {
        switch ending {
        case .complete: return isChunked ? write(Array("0\r\n\r\n".utf8)) : true
        case .cut: return false
        case .reset:
            var option = linger(l_onoff: 1, l_linger: 0)
            setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
            // Connecting to no address drops the connection at once, whoever else holds a copy of it.
            var nobody = sockaddr()
            nobody.sa_family = sa_family_t(AF_UNSPEC)
            connect(descriptor, &nobody, socklen_t(MemoryLayout<sockaddr>.size))
            return false
        case .hang:
            while wait(.seconds(3600)) {}
            return false
        }
    }

    // MARK: Bytes

    /// False when the client went away.
    private func write(_ bytes: [UInt8]) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                log.abandoned()
                return false
            }
            sent += count
        }
        return true
    }

    /// Waits, unless the client goes away or the server stops: then it is false.
    private func wait(_ delay: Duration) -> Bool {
        guard delay > .zero else { return true }
        let end = ContinuousClock.now + delay
        while true {
            let left = ContinuousClock.now.duration(to: end) / .milliseconds(1)
            guard left > 0 else { return true }
            var poll = pollfd(fd: descriptor, events: Self.clientClosed, revents: 0)
            let count = Glibc.poll(&poll, 1, Int32(min(left.rounded(.up), 1_000_000)))
            guard count > 0 else { continue }
            log.abandoned()
            return false
        }
    }

    /// Waits for more bytes; false at the end of the connection.
    private func receive() -> Bool {
        if position > 0 {
            unread.removeFirst(position)
            position = 0
        }
        return withUnsafeTemporaryAllocation(byteCount: 256 << 10, alignment: 16) { buffer in
            while true {
                let count = recv(descriptor, buffer.baseAddress, buffer.count, 0)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return false }
                unread.append(contentsOf: buffer[..<count])
                return true
            }
        }
    }

    // MARK: Requests

    private func readRequest() -> LoopbackRequest? {
        guard let head = readLine(endingWith: [13, 10, 13, 10]) else { return nil }
        let text = String(decoding: head, as: UTF8.self)
        let words = text.prefix { $0 != "\r\n" }.split(separator: " ")
        guard words.count == 3 else { return nil }
        let headers = headerFields(text)
        if headers["expect"]?.lowercased() == "100-continue" {
            guard write(Array("HTTP/1.1 100 Continue\r\n\r\n".utf8)) else { return nil }
        }
        guard let body = readBody(headers) else { return nil }
        let target = words[1].split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        return LoopbackRequest(
            method: String(words[0]), path: String(target[0]), query: target.count == 2 ? queryItems(target[1]) : [:],
            headers: headers, body: body, connection: number)
    }

    private func readBody(_ headers: [String: String]) -> [UInt8]? {
        guard headers["transfer-encoding"]?.lowercased() == "chunked" else {
            return read(headers["content-length"].flatMap { Int($0) } ?? 0)
        }
        var body: [UInt8] = []
        while true {
            guard let line = readLine(endingWith: [13, 10]) else { return nil }
            let digits = String(decoding: line, as: UTF8.self).prefix { $0.isHexDigit }
            guard let size = Int(digits, radix: 16), let chunk = read(size) else { return nil }
            // Behind each chunk, and behind the trailers, stands a line break.
            guard size > 0 else { return skipTrailers() ? body : nil }
            body += chunk
            guard read(2) != nil else { return nil }
        }
    }

    private func skipTrailers() -> Bool {
        while let line = readLine(endingWith: [13, 10]) {
            if line.count == 2 { return true }
        }
        return false
    }

    private func read(_ count: Int) -> [UInt8]? {
        if unread.count - position < count { unread.reserveCapacity(count + position) }
        while unread.count - position < count { guard receive() else { return nil } }
        defer { position += count }
        return Array(unread[position..<(position + count)])
    }

    private func readLine(endingWith end: [UInt8]) -> [UInt8]? {
        var searched = 0
        while true {
            let bytes = unread[position...]
            var index = position + searched
            while index + end.count <= bytes.endIndex {
                if bytes[index] == end[0], bytes[index..<(index + end.count)].elementsEqual(end) {
                    defer { position = index + end.count }
                    return Array(bytes[position..<(index + end.count)])
                }
                index += 1
            }
            searched = max(0, bytes.count - end.count + 1)
            guard receive() else { return nil }
        }
    }
}
