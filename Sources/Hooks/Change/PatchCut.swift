internal import Assistant

/// Shortens the patch of one file to a number of tokens, between hunks where that is possible.
enum PatchCut {
    static func cut(_ patch: String, tokens limit: Int) -> (text: String, isCut: Bool) {
        guard TokenEstimate.tokens(in: patch) > limit else { return (patch, false) }
        let lines = patch.split(separator: "\n", omittingEmptySubsequences: false)
        var kept: [Substring] = []
        var tokens = 0
        for line in lines {
            // A line of a minified file can be longer than everything else.
            let shown = line.utf8.count > 2_000 ? Substring(line.prefix(500) + " […]") : line
            let cost = TokenEstimate.tokens(in: shown) + 1
            guard tokens + cost <= limit - 20 else { break }
            tokens += cost
            kept.append(shown)
        }
        let more = lines.count - kept.count
        return (kept.joined(separator: "\n") + "\n[\(more) more lines of this file are not shown]\n", true)
    }
}
