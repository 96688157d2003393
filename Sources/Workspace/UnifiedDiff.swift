/// A unified diff, as `git diff` prints it.
package enum UnifiedDiff {
    /// The diff of two texts; empty when they are the same.
    ///
    /// Lines are compared byte by byte, so that a changed line end or accent shows. Texts that differ in more than
    /// a few thousand lines are shown as one block removed and one added.
    ///
    /// - Parameters:
    ///   - old: Nil for a new file.
    ///   - new: Nil for a deleted file.
    ///   - path: As it is to be named in the header.
    ///   - context: How many unchanged lines are shown around a change.
    ///   - maximumLines: Of the diff; a last line says how many more there are.
    /// - Returns: Header, hunks and a newline at the end.
    package static func between(
        _ old: String?, _ new: String?, path: String, context: Int = 3, maximumLines: Int = 400
    ) -> String {
        let before = DiffLine.lines(of: old ?? "")
        let after = DiffLine.lines(of: new ?? "")
        let operations = LineDifference.between(before, after)
        let isSame = operations.allSatisfy { $0.isKept }
        if isSame, (old == nil) == (new == nil) { return "" }
        var lines = [old == nil ? "--- /dev/null" : "--- a/\(path)", new == nil ? "+++ /dev/null" : "+++ b/\(path)"]
        for hunk in hunks(of: operations, context: context) { append(hunk, of: operations, before, after, to: &lines) }
        if lines.count > maximumLines {
            let rest = lines.count - maximumLines
            lines.removeLast(rest)
            lines.append("… \(rest) more lines")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Ranges of operations that are shown together.
    private static func hunks(of operations: [LineDifference.Operation], context: Int) -> [Range<Int>] {
        var hunks: [Range<Int>] = []
        for (index, operation) in operations.enumerated() where !operation.isKept {
            let range = max(0, index - context)..<min(operations.count, index + context + 1)
            if let last = hunks.last, range.lowerBound <= last.upperBound {
                hunks[hunks.count - 1] = last.lowerBound..<range.upperBound
            } else {
                hunks.append(range)
            }
        }
        return hunks
    }

    private static func append(
        _ hunk: Range<Int>, of operations: [LineDifference.Operation], _ before: [DiffLine], _ after: [DiffLine],
        to lines: inout [String]
    ) {
        var body: [String] = []
        var oldCount = 0
        var newCount = 0
        for operation in operations[hunk] {
            switch operation {
            case .keep(let index, _): (before[index]).append(to: &body, as: " ")
            case .remove(let index): (before[index]).append(to: &body, as: "-")
            case .add(let index): (after[index]).append(to: &body, as: "+")
            }
            if !operation.isAdded { oldCount += 1 }
            if !operation.isRemoved { newCount += 1 }
        }
        var oldBefore = 0
        var newBefore = 0
        for operation in operations[..<hunk.lowerBound] {
            if !operation.isAdded { oldBefore += 1 }
            if !operation.isRemoved { newBefore += 1 }
        }
        lines.append("@@ -\(range(oldBefore, oldCount)) +\(range(newBefore, newCount)) @@")
        lines += body
    }

    /// `12,3`; an empty range names the line before it, and one line needs no count.
    private static func range(_ before: Int, _ count: Int) -> String {
        count == 1 ? "\(before + 1)" : "\(count == 0 ? before : before + 1),\(count)"
    }
}

/// A line by its bytes.
struct DiffLine: Hashable {
    let bytes: ArraySlice<UInt8>
    /// Its newline is there; only the last line can be without.
    let isEnded: Bool

    static func lines(of text: String) -> [DiffLine] {
        let bytes = Array(text.utf8)
        let starts = Lines.starts(in: bytes)
        return starts.indices.map { index in
            let end = index + 1 < starts.count ? starts[index + 1] : bytes.count
            let isEnded = bytes[end - 1] == UInt8(ascii: "\n")
            return DiffLine(bytes: bytes[starts[index]..<(isEnded ? end - 1 : end)], isEnded: isEnded)
        }
    }

    func append(to lines: inout [String], as mark: String) {
        lines.append(mark + String(decoding: bytes, as: UTF8.self))
        if !isEnded { lines.append("\\ No newline at end of file") }
    }
}
