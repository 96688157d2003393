internal import Glibc
package import JSON

/// One request as a ``LoopbackServer`` received it.
package struct LoopbackRequest: Sendable {
    package var method: String
    /// As sent, without the query.
    package var path: String
    /// Percent-decoded; of a name that comes twice, the last value.
    package var query: [String: String]
    /// Names in lower case; the values of a field that comes twice are joined by a comma.
    package var headers: [String: String]
    /// Whole, also when it came in chunks.
    package var body: [UInt8]
    /// The connection it came on: 1 for the server's first.
    package var connection: Int

    package var text: String { String(decoding: body, as: UTF8.self) }

    /// The body, when it is JSON.
    package var json: JSON? { try? JSON(parsing: body) }

    /// The parts of a `multipart/form-data` body; nil when it is none or is broken.
    package var parts: [LoopbackPart]? {
        guard let boundary = multipartBoundary else { return nil }
        return LoopbackPart.parse(body, boundary: boundary)
    }

    /// The first part of that name.
    package func part(_ name: String) -> LoopbackPart? { parts?.first { $0.name == name } }

    private var multipartBoundary: String? {
        guard let type = headers["content-type"], type.lowercased().hasPrefix("multipart/form-data") else { return nil }
        return LoopbackPart.parameter("boundary", of: type)
    }
}

/// One part of a form.
package struct LoopbackPart: Sendable {
    package var name: String
    package var filename: String?
    package var contentType: String?
    package var body: [UInt8]

    package var text: String { String(decoding: body, as: UTF8.self) }

    static func parse(_ body: [UInt8], boundary: String) -> [LoopbackPart]? {
        let delimiter = Array("\r\n--\(boundary)".utf8)
        // The first delimiter stands at the start, without a line break before it.
        let body = [13, 10] + body
        var starts: [Int] = []
        var from = 0
        while let start = firstIndex(of: delimiter, in: body, from: from) {
            starts.append(start)
            from = start + delimiter.count
        }
        guard let last = starts.last, body[(last + delimiter.count)...].starts(with: Array("--".utf8)) else {
            return nil
        }
        var parts: [LoopbackPart] = []
        for (start, end) in zip(starts, starts.dropFirst()) {
            guard let part = LoopbackPart(body[(start + delimiter.count)..<end]) else { return nil }
            parts.append(part)
        }
        return parts
    }

    private init?(_ bytes: ArraySlice<UInt8>) {
        let all = Array(bytes)
        guard let headEnd = Self.firstIndex(of: [13, 10, 13, 10], in: all, from: 0) else { return nil }
        let fields = headerFields(String(decoding: all[..<headEnd], as: UTF8.self))
        guard let disposition = fields["content-disposition"], let name = Self.parameter("name", of: disposition) else {
            return nil
        }
        self.name = name
        filename = Self.parameter("filename", of: disposition)
        contentType = fields["content-type"]
        body = Array(all[(headEnd + 4)...])
    }

    /// `value` of `; name="value"` or `; name=value`.
    static func parameter(_ name: String, of field: String) -> String? {
        for piece in field.split(separator: ";").dropFirst() {
            let pair = piece.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard pair.count == 2, pair[0].drop(while: { $0 == " " }).lowercased() == name else { continue }
            return pair[1].filter { $0 != "\"" }
        }
        return nil
    }

    private static func firstIndex(of needle: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
        bytes.withUnsafeBytes { bytes in
            var index = start
            while index + needle.count <= bytes.count, let base = bytes.baseAddress {
                guard let found = memchr(base + index, Int32(needle[0]), bytes.count - index) else { return nil }
                index = UnsafeRawPointer(found) - base
                guard index + needle.count <= bytes.count else { return nil }
                if memcmp(found, needle, needle.count) == 0 { return index }
                index += 1
            }
            return nil
        }
    }
}

/// Header lines by their names in lower case; a first line without a colon is passed over.
func headerFields(_ head: String) -> [String: String] {
    var fields: [String: String] = [:]
    for line in head.split(separator: "\r\n") {
        let pair = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard pair.count == 2 else { continue }
        let value = String(pair[1].drop { $0 == " " || $0 == "\t" })
        fields.merge([pair[0].lowercased(): value]) { "\($0), \($1)" }
    }
    return fields
}

/// The pairs of a query, percent-decoded.
func queryItems(_ query: Substring) -> [String: String] {
    var items: [String: String] = [:]
    for pair in query.split(separator: "&") {
        let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        items[percentDecoded(sides[0])] = sides.count == 2 ? percentDecoded(sides[1]) : ""
    }
    return items
}

private func percentDecoded(_ text: Substring) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
        if byte == UInt8(ascii: "%"), rest.count >= 2,
            let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
        {
            bytes.append(value)
            rest = rest.dropFirst(2)
        } else {
            bytes.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
        }
    }
    return String(decoding: bytes, as: UTF8.self)
}
