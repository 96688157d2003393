/// One way through a recording: decode, mix, resample, measure and, if asked, write pieces. All in blocks, so that an
/// hour takes no more memory than a minute.
struct RecordingPass {
    /// What a second pass does otherwise.
    struct Adjustment: Hashable {
        var onlyChannel: Int?
        var gain: Float = 1
    }

    struct Outcome {
        var frames = 0
        var duration = 0.0
        var isTruncated = false
        var decibels: [Float] = []
        var pieces: [PieceWriter.Written] = []
        /// Set when the pass has to be repeated in another way.
        var again: Adjustment?
    }

    let path: String
    let maxSeconds: Double
    let isCancelled: @Sendable () -> Bool
    /// Called with the seconds decoded so far.
    let progress: (Double) -> Void

    /// About 16,000 frames of stereo at a time; fewer of many channels.
    private static let blockSamples = 32_768

    /// - Throws: everything but `silent` and `engine`.
    func run(_ adjustment: Adjustment, writer: consuming PieceWriter?) throws(SpeechError) -> Outcome {
        let reader = try SoundReader(opening: path)
        let blockFrames = max(1, Self.blockSamples / reader.channels)
        var mixdown = Mixdown(
            channels: reader.channels, onlyChannel: adjustment.onlyChannel, gain: adjustment.gain)
        var resampler = try Resampler(
            from: reader.sampleRate, to: Double(AudioFormat.sampleRate), blockFrames: blockFrames)
        var energies = FrameEnergies(gain: adjustment.gain)
        var outcome = Outcome()
        let decoded = UnsafeMutableBufferPointer<Float>.allocate(capacity: blockFrames * reader.channels)
        let mixed = UnsafeMutableBufferPointer<Float>.allocate(capacity: blockFrames)
        defer {
            unsafe decoded.deallocate()
            unsafe mixed.deallocate()
        }
        var isLast = false
        while !isLast {
            if isCancelled() { throw .cancelled }
            let frames = try unsafe reader.read(into: decoded)
            isLast = frames == 0
            outcome.frames += frames
            try check(outcome.frames, reader.sampleRate)
            unsafe mixdown.mix(decoded, frames: frames, into: mixed)
            try unsafe resampler.process(mixed, count: frames, isLast: isLast) { (block) throws(SpeechError) in
                unsafe energies.add(block)
                try unsafe writer?.append(block, decibels: energies.decibels)
            }
            progress(Double(outcome.frames) / reader.sampleRate)
        }
        outcome.duration = Double(outcome.frames) / reader.sampleRate
        outcome.isTruncated = reader.isTruncated(afterFrames: outcome.frames)
        outcome.decibels = energies.decibels
        outcome.pieces = try writer?.finish() ?? []
        outcome.again = again(after: mixdown, adjustment, isWriting: writer != nil)
        return outcome
    }

    private func check(_ frames: Int, _ sampleRate: Double) throws(SpeechError) {
        guard Double(frames) / sampleRate > maxSeconds else { return }
        let hours = (maxSeconds / 360).rounded() / 10
        throw SpeechError(
            .tooLong, "\(path) is longer than \(hours) hours; cut it into shorter recordings and try again.")
    }

    /// What would make the sound better: one channel where two cancel each other, and a sane level.
    private func again(after mixdown: Mixdown, _ done: Adjustment, isWriting: Bool) -> Adjustment? {
        guard done == Adjustment() else { return nil }
        var next = Adjustment()
        next.onlyChannel = mixdown.cancelledInFavourOf
        // Louder than full scale happens in floating point, once by a little, once in units of 16-bit samples. Very
        // quiet sound would lose what it has to the 16 bits of a piece.
        if mixdown.peak > 1.01 { next.gain = 1 / mixdown.peak }
        if isWriting && mixdown.peak > 0 && mixdown.peak < 0.03 { next.gain = min(100, 0.5 / mixdown.peak) }
        return next == done ? nil : next
    }
}
