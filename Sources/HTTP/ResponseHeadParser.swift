/// Puts the head of an answer together from the lines that libcurl gives one by one.
///
/// Interim answers (1xx) are passed over; what comes after the final head (trailers) is not part of it.
struct ResponseHeadParser {
    enum Violation: Error {
        case tooLarge, noStatus
        /// Two lengths that differ: the body's end would be a guess.
        case lengthsDiffer
    }

    /// More than any server sends; a longer head is refused.
    static let maxBytes = 256 << 10

    private let attempts: Int
    private(set) var status: Int?
    private var version = ""
    private var headers = HTTPHeaders()
    private var size = 0
    private(set) var isComplete = false

    init(attempts: Int) { self.attempts = attempts }

    /// The head, when this line (with its line end) was its last.
    mutating func feed(line: String) throws(Violation) -> HTTPResponseHead? {
        if isComplete { return nil }
        size += line.utf8.count
        guard size <= Self.maxBytes else { throw .tooLarge }
        let text = Self.trimmed(line[...])
        if text.isEmpty { return try finish() }
        if line.hasPrefix("HTTP/") {
            try begin(statusLine: text)
        } else if line.utf8.first == 0x20 || line.utf8.first == 0x09 {
            headers.extendLast(with: " " + text)
        } else if let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) {
            headers.append(
                String(Self.trimmed(text[..<colon])), String(Self.trimmed(text[text.utf8.index(after: colon)...])))
        }
        return nil
    }

    private mutating func begin(statusLine: Substring) throws(Violation) {
        let words = statusLine.dropFirst(5).split(separator: " ", maxSplits: 2)
        guard words.count >= 2, let code = Int(words[1]), (100...999).contains(code) else { throw .noStatus }
        version = String(words[0])
        status = code
        headers = HTTPHeaders()
    }

    private mutating func finish() throws(Violation) -> HTTPResponseHead? {
        guard let status else { throw .noStatus }
        guard status >= 200 else { return nil }
        let lengths = headers.fields.lazy.filter { $0.name.lowercased() == "content-length" }.map(\.value)
        guard Set(lengths).count <= 1 else { throw .lengthsDiffer }
        isComplete = true
        return HTTPResponseHead(status: status, headers: headers, httpVersion: version, attempts: attempts)
    }

    private static func trimmed(_ text: Substring) -> Substring {
        let isSpace = { (byte: UInt8) in byte == 0x20 || byte == 0x09 || byte == 0x0d || byte == 0x0a }
        let bytes = text.utf8
        guard let first = bytes.firstIndex(where: { !isSpace($0) }), let last = bytes.lastIndex(where: { !isSpace($0) })
        else { return "" }
        return text[first...last]
    }
}
