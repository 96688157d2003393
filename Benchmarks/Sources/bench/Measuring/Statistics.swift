extension [Double] {
    /// The middle one: what a busy machine does to the slowest does not count.
    var median: Double {
        guard !isEmpty else { return .nan }
        let sorted = sorted()
        let middle = count / 2
        return count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    }
}

/// Runs the compared bodies in turn, so that a busy moment hits all of them. Gives one list of results for each.
func interleaved(_ rounds: Int, _ bodies: [() throws -> Double]) throws -> [[Double]] {
    var results = [[Double]](repeating: [], count: bodies.count)
    for _ in 0..<rounds {
        for (index, body) in bodies.enumerated() { results[index].append(try body()) }
    }
    return results
}
