/// A libpq connection string with its password hidden.
package enum ConnectionText {
    package static func masked(_ text: String) -> (text: String, password: String?) {
        if let scheme = text.firstRange(of: "://") { return maskedURL(text, after: scheme.upperBound) }
        return maskedPairs(text)
    }

    /// `postgresql://user:password@host/…?password=…`
    private static func maskedURL(_ text: String, after start: String.Index) -> (text: String, password: String?) {
        var result = text
        var password: String?
        if let query = result.lowercased().firstRange(of: "password=") {
            // Offsets, for lower-casing may move indices.
            let offset = result.lowercased().utf8.distance(from: result.lowercased().startIndex, to: query.upperBound)
            let from = result.utf8.index(result.startIndex, offsetBy: min(offset, result.utf8.count))
            let to = result[from...].firstIndex { $0 == "&" || $0 == "#" } ?? result.endIndex
            password = String(result[from..<to])
            result.replaceSubrange(from..<to, with: "…")
        }
        let end = result[start...].firstIndex { $0 == "/" || $0 == "?" } ?? result.endIndex
        // A password may hold a slash or an @ that someone forgot to escape: the last @ is the one that counts.
        guard let at = result[start...].lastIndex(of: "@"), let colon = result[start..<at].firstIndex(of: ":"),
            colon < end || at > end
        else { return (result, password) }
        password = String(result[result.index(after: colon)..<at])
        result.replaceSubrange(result.index(after: colon)..<at, with: "…")
        return (result, password)
    }

    /// `host=… password=…`, with or without quotes.
    private static func maskedPairs(_ text: String) -> (text: String, password: String?) {
        guard let key = text.firstRange(of: "password") else { return (text, nil) }
        guard let equals = text[key.upperBound...].firstIndex(of: "=") else { return (text, nil) }
        var from = text.index(after: equals)
        while from < text.endIndex, text[from] == " " { from = text.index(after: from) }
        let isQuoted = from < text.endIndex && text[from] == "'"
        if isQuoted { from = text.index(after: from) }
        var to = from
        while to < text.endIndex, text[to] != (isQuoted ? "'" : " ") {
            let next = text.index(after: to)
            to = text[to] == "\\" && next < text.endIndex ? text.index(after: next) : next
        }
        return (text.replacingCharacters(from..<to), String(text[from..<to]))
    }
}

extension String {
    fileprivate func replacingCharacters(_ range: Range<Index>) -> String {
        String(self[..<range.lowerBound]) + "…" + String(self[range.upperBound...])
    }
}
