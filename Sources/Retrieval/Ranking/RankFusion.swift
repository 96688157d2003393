/// Reciprocal rank fusion (Cormack, Clarke and Büttcher, 2009): what stands high in several lists comes first. It
/// needs no common scale for distances and text ranks, which have none.
package enum RankFusion {
    /// Softens the weight of the very first places; 60 is the paper's.
    private static let softening = 60.0

    /// The keys of all lists, best first, each with its score. Of equal ones, what was met first stays first.
    package static func fuse<Key: Hashable>(_ lists: [[Key]]) -> [(key: Key, score: Double)] {
        var scores: [Key: Double] = [:]
        var order: [Key] = []
        for list in lists {
            for (place, key) in list.enumerated() {
                if scores[key] == nil { order.append(key) }
                scores[key, default: 0] += 1 / (softening + Double(place + 1))
            }
        }
        let met = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })
        return order.map { (key: $0, score: scores[$0] ?? 0) }.sorted {
            $0.score != $1.score ? $0.score > $1.score : (met[$0.key] ?? 0) < (met[$1.key] ?? 0)
        }
    }
}
