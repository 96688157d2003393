internal import Glibc

struct LoopbackChatRequest {
    let path: String
    let authorization: String?
    let item: String?
    let steps: [LoopbackChatStep]
    let streams: Bool
    let bodyLength: Int
}

/// One connection of a ``LoopbackChat``. Requests are searched by the C library: in a debug build that is what makes
/// the difference.
final class LoopbackChatConnection {
    let descriptor: Int32
    let number: Int
    /// The call that waits for its answer.
    var call: Int?
    var resetsAtEnd = false
    /// Ends with a NUL.
    private var buffer: UnsafeMutablePointer<CChar>
    private var capacity = 1 << 16
    private var count = 0
    private var hasContinued = false

    init(descriptor: Int32, number: Int) {
        self.descriptor = descriptor
        self.number = number
        buffer = .allocate(capacity: capacity + 1)
        buffer[0] = 0
    }

    deinit { buffer.deallocate() }

    /// False at the end of the connection.
    func receive() -> Bool {
        if count == capacity {
            let larger = UnsafeMutablePointer<CChar>.allocate(capacity: capacity * 4 + 1)
            larger.update(from: buffer, count: count + 1)
            buffer.deallocate()
            buffer = larger
            capacity *= 4
        }
        let received = recv(descriptor, buffer + count, capacity - count, Int32(MSG_DONTWAIT))
        if received < 0, errno == EAGAIN || errno == EINTR { return true }
        guard received > 0 else { return false }
        count += received
        buffer[count] = 0
        return true
    }

    /// The next request that is there whole.
    func nextRequest() -> LoopbackChatRequest? {
        guard let headEnd = strstr(buffer, "\r\n\r\n") else { return nil }
        let head = headEnd - buffer + 4
        let length = field("Content-Length", before: headEnd).flatMap { Int($0) } ?? 0
        guard count >= head + length else {
            if !hasContinued, field("Expect", before: headEnd) != nil {
                hasContinued = true
                send(Array("HTTP/1.1 100 Continue\r\n\r\n".utf8))
            }
            return nil
        }
        hasContinued = false
        let pathStart = strchr(buffer, 32).map { $0 + 1 } ?? buffer
        let pathEnd = strchr(pathStart, 32) ?? pathStart
        let next = buffer[head + length]
        buffer[head + length] = 0
        let script = script(in: buffer + head)
        let request = LoopbackChatRequest(
            path: text(pathStart, pathEnd), authorization: field("Authorization", before: headEnd), item: script?.item,
            steps: script?.steps ?? [], streams: strstr(buffer + head, #""stream":true"#) != nil, bodyLength: length)
        buffer[head + length] = next
        memmove(buffer, buffer + head + length, count - head - length + 1)
        count -= head + length
        return request
    }

    /// The last `[item NAME: STEP STEP]` of a body.
    private func script(in body: UnsafeMutablePointer<CChar>) -> (item: String, steps: [LoopbackChatStep])? {
        var start: UnsafeMutablePointer<CChar>?
        var from = body
        while let found = strstr(from, "[item ") {
            start = found
            from = found + 6
        }
        guard let start, let end = strchr(start, 0x5d) else { return nil }
        let parts = text(start + 6, end).split(separator: ":", maxSplits: 1)
        guard parts.count == 2 else { return nil }
        let steps = parts[1].split(separator: " ").map { word in
            LoopbackChatStep(rawValue: String(word)) ?? .noSuchModel
        }
        return steps.isEmpty ? nil : (String(parts[0]), steps)
    }

    private func field(_ name: String, before end: UnsafeMutablePointer<CChar>) -> String? {
        let written = strstr(buffer, "\r\n\(name): ") ?? strstr(buffer, "\r\n\(name.lowercased()): ")
        guard let written, written < end else { return nil }
        let value = written + name.utf8.count + 4
        return strstr(value, "\r\n").map { text(value, $0) }
    }

    private func text(_ start: UnsafeMutablePointer<CChar>, _ end: UnsafeMutablePointer<CChar>) -> String {
        String(decoding: UnsafeRawBufferPointer(start: start, count: end - start), as: UTF8.self)
    }

    /// Small answers to a client that reads: nothing is left over that would have to wait.
    func send(_ bytes: [UInt8]) {
        _ = bytes.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
    }

    func close() {
        if resetsAtEnd {
            var option = linger(l_onoff: 1, l_linger: 0)
            setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
            // Connecting to no address drops the connection at once, whoever else holds a copy of it.
            var nobody = sockaddr()
            nobody.sa_family = sa_family_t(AF_UNSPEC)
            connect(descriptor, &nobody, socklen_t(MemoryLayout<sockaddr>.size))
        }
        // A process that a test starts meanwhile may hold a copy: closing alone would not end the connection.
        shutdown(descriptor, Int32(SHUT_RDWR))
        _ = Glibc.close(descriptor)
    }
}
