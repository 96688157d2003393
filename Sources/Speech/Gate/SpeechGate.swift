/// Tells recordings in which somebody may be speaking from silence, hum, tones, hiss and clicks.
///
/// Speech is louder than what is around it, lasts longer than a knock, and never keeps one loudness: its level moves by
/// a decibel or more between most steps of 20 ms, which tones and steady noise do not. The gate would rather let noise
/// through than drop a word: it asks for about an eighth of a second of such sound.
enum SpeechGate {
    /// Nothing below is speech that a model could read, in decibels of full scale.
    private static let absoluteFloor: Float = -72
    /// Steps as quiet as this are gaps that a program made, and say nothing of the room.
    private static let digitalSilence: Float = -95
    /// By how much speech stands out of its surroundings, in decibels.
    private static let prominence: Float = 6
    /// A step moves when its level differs by this much from the one before, in decibels.
    private static let movement: Float = 1
    /// Steps that a sound must last: a knock or a click is over by then.
    private static let shortestRun = 8
    /// Steps of a dip that does not end a run.
    private static let longestDip = 3
    /// Steps over which a room keeps its own noise: three seconds.
    private static let stretch = 150
    /// Steps that must sound like speech in the whole recording.
    private static let needed = 6

    /// Whether somebody may be speaking in these steps of ``FrameEnergies``.
    static func hearsSpeech(in decibels: ArraySlice<Float>) -> Bool {
        speechSteps(in: decibels) >= needed
    }

    /// How many steps lie in loud stretches that move as speech does.
    static func speechSteps(in decibels: ArraySlice<Float>) -> Int {
        let surroundings = surroundings(decibels)
        let isLoud = { (index: Int) in
            decibels[index] > max(absoluteFloor, surroundings[(index - decibels.startIndex) / stretch] + prominence)
        }
        var found = 0
        var index = decibels.startIndex
        while index < decibels.endIndex {
            guard isLoud(index) else {
                index += 1
                continue
            }
            // A run goes on over dips of a few steps, as between syllables.
            var end = index + 1
            while let next = (end..<min(end + longestDip + 1, decibels.endIndex)).first(where: isLoud) {
                end = next + 1
            }
            if end - index >= shortestRun { found += movingSteps(in: decibels[index..<end]) }
            index = end
        }
        return found
    }

    /// For each stretch of some seconds, the level that nine tenths of its own and its neighbours' steps are above, gaps
    /// that a program made left out.
    private static func surroundings(_ decibels: ArraySlice<Float>) -> [Float] {
        stride(from: decibels.startIndex, to: decibels.endIndex, by: stretch).map { start in
            let from = max(decibels.startIndex, start - stretch / 2)
            let to = min(decibels.endIndex, start + stretch + stretch / 2)
            var sounding = decibels[from..<to].filter { $0 > digitalSilence }
            guard !sounding.isEmpty else { return FrameEnergies.lowest }
            sounding.sort()
            return sounding[sounding.count / 10]
        }
    }

    /// Steps whose neighbourhood of a third of a second moves in at least every third step.
    private static func movingSteps(in run: ArraySlice<Float>) -> Int {
        // Sums[i]: moves before step i of the run.
        var sums = [0]
        sums.reserveCapacity(run.count)
        for index in run.indices.dropFirst() {
            let moves = abs(run[index] - run[index - 1]) > movement
            sums.append((sums.last ?? 0) + (moves ? 1 : 0))
        }
        return sums.indices.count { step in
            let from = max(0, step - 8)
            let to = min(sums.count - 1, step + 8)
            return 3 * (sums[to] - sums[from]) >= to - from
        }
    }
}
