/// Where to cut a recording so that no word is cut.
enum QuietPoint {
    /// Steps of 20 ms that have to be quiet together: a third of a second is a pause between sentences.
    private static let width = 15

    /// The middle of the quietest stretch in these steps; the latest of equals, so that pieces are long.
    static func find(in decibels: ArraySlice<Float>) -> Int {
        guard decibels.count > width else { return decibels.endIndex }
        // Below -80 dB all is equally quiet.
        let level = { (index: Int) in Double(max(-80, decibels[index])) }
        var sum = (decibels.startIndex..<decibels.startIndex + width).reduce(0) { $0 + level($1) }
        var best = (sum: sum, start: decibels.startIndex)
        for start in (decibels.startIndex + 1)...(decibels.endIndex - width) {
            sum += level(start + width - 1) - level(start - 1)
            if sum <= best.sum + 1e-6 { best = (sum, start) }
        }
        return best.start + width / 2
    }
}
