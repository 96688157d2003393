import Synchronization

/// Counts several things, from 0.
final class Counter: Sendable {
    private let counts = Mutex<[Int: Int]>([:])

    func next(_ thing: Int) -> Int {
        counts.withLock { counts in
            defer { counts[thing, default: 0] += 1 }
            return counts[thing] ?? 0
        }
    }
}
