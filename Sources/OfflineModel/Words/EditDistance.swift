/// How many letters are missing, too many, wrong or swapped with their neighbour.
enum EditDistance {
    /// Nil when it is more than `most`.
    static func between(_ left: [UInt8], _ right: [UInt8], most: Int) -> Int? {
        guard abs(left.count - right.count) <= most else { return nil }
        if left == right { return 0 }
        var before: [Int] = []
        var previous = Array(0...right.count)
        for row in 1...max(1, left.count) where !left.isEmpty {
            var current = [row]
            for column in 1...max(1, right.count) where !right.isEmpty {
                let isSame = left[row - 1] == right[column - 1]
                var least = min(previous[column] + 1, current[column - 1] + 1, previous[column - 1] + (isSame ? 0 : 1))
                let isSwap =
                    row > 1 && column > 1 && left[row - 1] == right[column - 2] && left[row - 2] == right[column - 1]
                if isSwap { least = min(least, before[column - 2] + 1) }
                current.append(least)
            }
            if (current.min() ?? 0) > most { return nil }
            (before, previous) = (previous, current)
        }
        guard let distance = previous.last, distance <= most else { return nil }
        return distance
    }

    static func between(_ left: String, _ right: String, most: Int) -> Int? {
        between(Array(left.utf8), Array(right.utf8), most: most)
    }

    /// What is a slip of a word of so many letters, and no other word.
    static func allowed(forLetters count: Int) -> Int { count < 4 ? 0 : count < 8 ? 1 : 2 }
}
