extension ReferenceNames {
    /// `nearly`: also what is nearly called so.
    /// `names`: those that may be meant, most likely first.
    static func find(_ said: String, among names: [String], nearly: Bool) -> FoundName? {
        if names.contains(said) { return FoundName(name: said, fit: .exact) }
        let folded = Folding.folded(said)
        let bare = Folding.bare(said)
        let ways: [(String) -> Bool] = [
            { Folding.folded($0) == folded }, { !bare.isEmpty && Folding.bare($0) == bare },
        ]
        for way in ways {
            let found = names.filter(way)
            if found.count == 1 { return FoundName(name: found[0], fit: .loose) }
            if found.count > 1 { return FoundName(name: found[0], fit: .loose, others: found) }
        }
        let most = EditDistance.allowed(forLetters: folded.count)
        guard nearly, most > 0, !folded.contains(where: \.isNumber) else { return nil }
        let found = names.filter { EditDistance.between(folded, Folding.folded($0), most: most) != nil }
        guard let first = found.first else { return nil }
        return FoundName(name: first, fit: .near, others: found.count > 1 ? found : [])
    }
}
