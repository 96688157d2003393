/// The way from one list of lines to another.
enum LineDifference {
    enum Operation: Hashable {
        /// Indices into the old and the new lines.
        case keep(Int, Int)
        case remove(Int)
        case add(Int)

        var isKept: Bool { if case .keep = self { true } else { false } }
        var isRemoved: Bool { if case .remove = self { true } else { false } }
        var isAdded: Bool { if case .add = self { true } else { false } }
    }

    /// Beyond this many lines (old and new, without common ends) the search for the shortest way takes too long.
    private static let searchedLines = 4_000

    static func between(_ old: [DiffLine], _ new: [DiffLine]) -> [Operation] {
        var prefix = 0
        while prefix < min(old.count, new.count), old[prefix] == new[prefix] { prefix += 1 }
        var suffix = 0
        while suffix < min(old.count, new.count) - prefix, old[old.count - 1 - suffix] == new[new.count - 1 - suffix] {
            suffix += 1
        }
        let oldMiddle = prefix..<(old.count - suffix)
        let newMiddle = prefix..<(new.count - suffix)
        return (0..<prefix).map { .keep($0, $0) } + middle(old, oldMiddle, new, newMiddle)
            + (0..<suffix).map { .keep(oldMiddle.upperBound + $0, newMiddle.upperBound + $0) }
    }

    private static func middle(
        _ old: [DiffLine], _ oldRange: Range<Int>, _ new: [DiffLine], _ newRange: Range<Int>
    ) -> [Operation] {
        guard oldRange.count + newRange.count <= searchedLines else {
            return oldRange.map { .remove($0) } + newRange.map { .add($0) }
        }
        var numbers: [DiffLine: Int] = [:]
        func number(_ line: DiffLine) -> Int {
            if let number = numbers[line] { return number }
            numbers[line] = numbers.count
            return numbers.count - 1
        }
        let before = oldRange.map { number(old[$0]) }
        let after = newRange.map { number(new[$0]) }
        var removed = Set<Int>()
        var added = Set<Int>()
        for change in after.difference(from: before) {
            switch change {
            case .remove(let offset, _, _): removed.insert(offset)
            case .insert(let offset, _, _): added.insert(offset)
            }
        }
        var operations: [Operation] = []
        var oldIndex = 0
        var newIndex = 0
        while oldIndex < before.count || newIndex < after.count {
            if oldIndex < before.count, removed.contains(oldIndex) {
                operations.append(.remove(oldRange.lowerBound + oldIndex))
                oldIndex += 1
            } else if newIndex < after.count, added.contains(newIndex) {
                operations.append(.add(newRange.lowerBound + newIndex))
                newIndex += 1
            } else {
                operations.append(.keep(oldRange.lowerBound + oldIndex, newRange.lowerBound + newIndex))
                oldIndex += 1
                newIndex += 1
            }
        }
        return operations
    }
}
