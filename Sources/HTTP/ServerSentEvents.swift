/// One event of a `text/event-stream`.
package struct ServerSentEvent: Sendable, Hashable {
    package var event: String?
    package var data: String
    /// The last id that the stream has given, by this event or one before it.
    package var id: String?

    package init(event: String? = nil, data: String, id: String? = nil) {
        self.event = event
        self.data = data
        self.id = id
    }
}

/// Turns pieces of a stream into events, wherever the pieces are cut (the WHATWG algorithm).
///
/// An event that the stream's end cuts off is never given.
package struct ServerSentEventParser: Sendable {
    private var line: [UInt8] = []
    private var isFirstLine = true
    /// A carriage return ended the last line: a line feed right after it belongs to that end.
    private var skipsLineFeed = false
    private var event = ""
    private var data: String?
    private var lastID: String?

    package init() {}

    /// Bytes of the event that is not complete yet: a reader that keeps to a limit asks after each piece.
    package var pendingBytes: Int { line.count + (data?.utf8.count ?? 0) }

    /// The events that these bytes complete.
    package mutating func feed(_ bytes: [UInt8]) -> [ServerSentEvent] {
        var events: [ServerSentEvent] = []
        var start = bytes.startIndex
        for index in bytes.indices {
            let byte = bytes[index]
            if skipsLineFeed {
                skipsLineFeed = false
                if byte == UInt8(ascii: "\n") {
                    start = index + 1
                    continue
                }
            }
            guard byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") else { continue }
            line += bytes[start..<index]
            start = index + 1
            skipsLineFeed = byte == UInt8(ascii: "\r")
            if let event = endLine() { events.append(event) }
        }
        line += bytes[start...]
        return events
    }

    private mutating func endLine() -> ServerSentEvent? {
        var bytes = line[...]
        line.removeAll(keepingCapacity: true)
        if isFirstLine, bytes.starts(with: [0xef, 0xbb, 0xbf]) { bytes.removeFirst(3) }
        isFirstLine = false
        if bytes.isEmpty { return dispatch() }
        let colon = bytes.firstIndex(of: UInt8(ascii: ":"))
        // A line that begins with a colon is a comment.
        if colon == bytes.startIndex { return nil }
        var value = colon.map { bytes[($0 + 1)...] } ?? []
        if value.first == UInt8(ascii: " ") { value.removeFirst() }
        take(field: String(decoding: bytes[..<(colon ?? bytes.endIndex)], as: UTF8.self), value)
        return nil
    }

    private mutating func take(field: String, _ bytes: ArraySlice<UInt8>) {
        let value = String(decoding: bytes, as: UTF8.self)
        switch field {
        case "event": event = value
        case "data": data = data.map { $0 + "\n" + value } ?? value
        case "id": if !bytes.contains(0) { lastID = value }
        default: break
        }
    }

    private mutating func dispatch() -> ServerSentEvent? {
        defer {
            event = ""
            data = nil
        }
        guard let data else { return nil }
        return ServerSentEvent(event: event.isEmpty ? nil : event, data: data, id: lastID)
    }
}
