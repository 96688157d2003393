/// Commits that wait to be looked at, the newest first; of the same second, the one that came first.
struct CommitQueue {
    struct Entry {
        let key: CommitKey
        /// Committer's, in seconds since 1970.
        let time: Int64
        let order: Int
    }

    private var heap: [Entry] = []
    private var count = 0

    var isEmpty: Bool { heap.isEmpty }
    var waiting: [Entry] { heap }

    mutating func insert(_ key: CommitKey, time: Int64) {
        heap.append(Entry(key: key, time: time, order: count))
        count += 1
        var child = heap.count - 1
        while child > 0, comes(child, before: (child - 1) / 2) {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    mutating func next() -> Entry? {
        guard let first = heap.first else { return nil }
        let last = heap.removeLast()
        if heap.isEmpty { return first }
        heap[0] = last
        var parent = 0
        while true {
            var best = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count && comes(child, before: best) {
                best = child
            }
            if best == parent { return first }
            heap.swapAt(parent, best)
            parent = best
        }
    }

    private func comes(_ left: Int, before right: Int) -> Bool {
        let (left, right) = (heap[left], heap[right])
        return left.time != right.time ? left.time > right.time : left.order < right.order
    }
}
