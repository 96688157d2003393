internal import Synchronization

/// What a person sees of an answer that is still coming: whole lines, without secrets. A key's lines wait for its end.
final class StreamedWords: Sendable {
    /// No key is longer.
    private static let longestWait = 64 << 10

    private let pending = Mutex("")
    private let redact: @Sendable (String) -> String
    private let say: @Sendable (String) -> Void

    init(redact: @escaping @Sendable (String) -> String, say: @escaping @Sendable (String) -> Void) {
        self.redact = redact
        self.say = say
    }

    func feed(_ piece: String) {
        let lines = pending.withLock { pending -> String? in
            pending += piece
            guard let end = pending.utf8.lastIndex(of: UInt8(ascii: "\n")) else { return nil }
            let lines = pending[...end]
            let isOpen = lines.contains("-----BEGIN") && !lines.contains("-----END")
            guard !isOpen || lines.utf8.count > Self.longestWait else { return nil }
            defer { pending = String(pending[pending.utf8.index(after: end)...]) }
            return String(lines)
        }
        if let lines { say(redact(lines)) }
    }

    /// The last line, which may have no end.
    func finish() {
        let rest = pending.withLock { pending -> String in
            defer { pending = "" }
            return pending
        }
        if !rest.isEmpty { say(redact(rest)) }
    }
}
