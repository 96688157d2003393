/// One event of a `text/event-stream`.
package struct ServerSentEvent: Sendable, Hashable {
    package var event: String?
    package var data: String
    package var id: String?

    package init(event: String? = nil, data: String, id: String? = nil) {
        self.event = event
        self.data = data
        self.id = id
    }
}

/// Turns pieces of a stream into events, wherever the pieces are cut (the WHATWG algorithm).
package struct ServerSentEventParser: Sendable {
    package init() {}

    /// The events that these bytes complete.
    package mutating func feed(_ bytes: [UInt8]) -> [ServerSentEvent] {
        fatalError("contract only")
    }
}
