/// What pieces are made of: what speech models hear anyway, so that nothing is lost and little is sent.
enum AudioFormat {
    /// Samples a second, one channel, 16 bits each.
    static let sampleRate = 16_000
    /// Speech endpoints refuse less than this, in seconds.
    static let shortest = 0.1
}
