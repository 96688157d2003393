import Glibc

/// One connection of the loopback server: requests in, bytes out.
struct LoopbackConnection {
    let descriptor: Int32
    private var buffer: [UInt8] = []
    private var block = [UInt8](repeating: 0, count: 1 << 16)

    init(descriptor: Int32) { self.descriptor = descriptor }

    /// The next request; nil when the other side is done.
    mutating func request(keeping mostKept: Int) -> LoopbackServer.Request? {
        guard let head = head() else { return nil }
        let lines = head.split(separator: "\r\n")
        let words = lines.first?.split(separator: " ") ?? []
        guard words.count == 3 else { return nil }
        var length = 0
        for line in lines.dropFirst() {
            let header = line.lowercased()
            if header.hasPrefix("content-length:") { length = Int(header.dropFirst(15).filter(\.isNumber)) ?? 0 }
            if header.hasPrefix("expect:") { _ = send(Array("HTTP/1.1 100 Continue\r\n\r\n".utf8)) }
        }
        var body: [UInt8] = []
        var left = length
        while left > 0 {
            if buffer.isEmpty, !fill() { return nil }
            let taken = min(left, buffer.count)
            if length <= mostKept { body += buffer[..<taken] }
            buffer.removeFirst(taken)
            left -= taken
        }
        return LoopbackServer.Request(path: String(words[1]), body: body, bodyLength: length)
    }

    func send(_ bytes: [UInt8]) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    /// Up to the empty line.
    private mutating func head() -> String? {
        var searched = 0
        while true {
            if buffer.count >= 4 {
                for end in max(searched, 3)..<buffer.count
                where buffer[end] == 10 && buffer[end - 1] == 13 && buffer[end - 2] == 10 && buffer[end - 3] == 13 {
                    let head = String(decoding: buffer[..<end], as: UTF8.self)
                    buffer.removeFirst(end + 1)
                    return head
                }
            }
            searched = buffer.count
            guard fill() else { return nil }
        }
    }

    private mutating func fill() -> Bool {
        let count = read(descriptor, &block, block.count)
        guard count > 0 else { return false }
        buffer += block[..<count]
        return true
    }
}
