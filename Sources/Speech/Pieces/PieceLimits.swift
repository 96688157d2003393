internal import Assistant

/// How large a piece may get, counted in samples at ``AudioFormat/sampleRate`` and bytes of its file.
struct PieceLimits: Sendable, Hashable {
    let maxSamples: Int
    let maxBytes: Int

    /// The endpoint's limits, and never more than 24 MiB and 20 minutes: a lost piece must not cost much.
    init(_ limits: TranscriberLimits) {
        let seconds = max(1, min(20 * 60, limits.maxSeconds))
        maxSamples = Int(seconds * Double(AudioFormat.sampleRate))
        maxBytes = max(64 * 1024, min(24 * 1024 * 1024, limits.maxBytes))
    }

    /// How far before its limit a piece may be cut to find a quiet point: half a minute, or a quarter of a short piece.
    var searchLength: Int { min(30 * AudioFormat.sampleRate, maxSamples / 4, maxBytes / 8) }

    /// The sample at which a piece has to end, when so much of it is written.
    ///
    /// What is not written yet is counted at two bytes a sample: no encoder makes it larger, and for one that makes it
    /// smaller the end moves away while the piece grows.
    func end(written samples: Int, bytes: Int) -> Int {
        min(maxSamples, samples + max(0, maxBytes - bytes - Self.slack) / 2)
    }

    /// For headers and for what an encoder still holds back.
    private static let slack = 32 * 1024
}
