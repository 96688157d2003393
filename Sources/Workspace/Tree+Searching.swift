internal import Files
internal import Glibc

extension Tree {
    func search(_ search: TextSearch) throws(WorkspaceError) -> TextMatches {
        let matcher = try LineMatcher(search.text, isCaseSensitive: search.isCaseSensitive)
        var result = TextMatches()
        var walk = Walk(self)
        try walk.visit(search.directory) { found throws(WorkspaceError) in
            guard found.kind == .file, search.files.isEmpty || search.files.contains(where: { $0.matches(found.path) })
            else { return .enter }
            guard let bytes = searchable(found) else {
                result.filesSkipped += 1
                return .enter
            }
            result.filesSearched += 1
            // Nothing is found in what is not shown, or finding would tell it letter by letter.
            let shown = shownBytes(bytes, ifFoundBy: matcher)
            for match in matcher.matches(in: shown) {
                guard result.matches.count < search.limit else {
                    result.isTruncated = true
                    return .stop
                }
                let text = Excerpt.line(match.line, in: shown, around: match.offset)
                result.matches.append(TextMatches.Match(path: found.path, line: match.number, text: text))
            }
            return .enter
        }
        result.isTruncated = result.isTruncated || walk.isTruncated
        return result
    }

    private func shownBytes(_ bytes: [UInt8], ifFoundBy matcher: LineMatcher) -> [UInt8] {
        guard !matcher.matches(in: bytes).isEmpty else { return [] }
        return Array(shown(String(decoding: bytes, as: UTF8.self)).utf8)
    }

    /// The bytes of a text file of a size that is searched.
    private func searchable(_ found: Walk.Found) -> [UInt8]? {
        guard
            let file = try? beneath.open(
                [found.path.name], from: found.directory, flags: O_RDONLY | O_NONBLOCK),
            let content = try? content(of: file, found.path, limit: WorkspaceLimits.fileSize),
            !content.bytes.contains(0)
        else { return nil }
        return content.bytes
    }
}

/// A line as a person sees it in a list of matches.
enum Excerpt {
    private static let width = 300

    /// At most 300 bytes of a line around an offset in it, cut between characters, `…` where it was cut.
    static func line(_ line: Range<Int>, in bytes: [UInt8], around offset: Int) -> String {
        var line = line
        if line.upperBound > line.lowerBound, bytes[line.upperBound - 1] == UInt8(ascii: "\r") {
            line = line.lowerBound..<(line.upperBound - 1)
        }
        guard line.count > width else { return String(decoding: bytes[line], as: UTF8.self) }
        var start = max(line.lowerBound, min(offset - width / 3, line.upperBound - width))
        var end = min(line.upperBound, start + width)
        while start < end, isContinuation(bytes[start]) { start += 1 }
        while end > start, end < line.upperBound, isContinuation(bytes[end]) { end -= 1 }
        let text = String(decoding: bytes[start..<end], as: UTF8.self)
        return (start > line.lowerBound ? "…" : "") + text + (end < line.upperBound ? "…" : "")
    }

    private static func isContinuation(_ byte: UInt8) -> Bool { byte & 0xc0 == 0x80 }
}
