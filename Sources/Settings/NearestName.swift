extension Collection<String> {
    /// The name among these that is a few typing mistakes away from what was written; nil when none is.
    package func nearest(to name: String) -> String? {
        guard name.count <= 60 else { return nil }
        let best = map { ($0, edits(between: Array(name), and: Array($0))) }.min { $0.1 < $1.1 }
        return best.flatMap { $0.1 <= Swift.max(2, name.count / 3) && $0.1 < name.count ? $0.0 : nil }
    }
}

/// Characters to add, to take out, to change, or to let change places with the next one.
private func edits(between left: [Character], and right: [Character]) -> Int {
    var rows = [Array(0...right.count)]
    for index in left.indices {
        var row = [index + 1]
        for column in right.indices {
            let isSame = left[index] == right[column]
            var least = Swift.min(rows[index][column] + (isSame ? 0 : 1), rows[index][column + 1] + 1, row[column] + 1)
            if index > 0, column > 0, left[index] == right[column - 1], left[index - 1] == right[column] {
                least = Swift.min(least, rows[index - 1][column - 1] + 1)
            }
            row.append(least)
        }
        rows.append(row)
    }
    return rows[left.count][right.count]
}
