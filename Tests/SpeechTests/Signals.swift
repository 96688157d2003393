/// Sounds made in code, 16,000 samples a second, full scale at 1.
enum Signal {
    static let rate = 16_000

    static func silence(_ seconds: Double) -> [Float] {
        [Float](repeating: 0, count: Int(seconds * Double(rate)))
    }

    static func tone(_ seconds: Double, hertz: Double = 440, level: Float = 0.3) -> [Float] {
        (0..<Int(seconds * Double(rate))).map { level * Float(sine(hertz * Double($0) / Double(rate))) }
    }

    static func noise(_ seconds: Double, level: Float = 0.1, seed: UInt64 = 7) -> [Float] {
        var random = Random(state: seed)
        return (0..<Int(seconds * Double(rate))).map { _ in level * random.next() }
    }

    /// Single samples at full scale, a second apart.
    static func clicks(_ seconds: Double) -> [Float] {
        var samples = silence(seconds)
        for index in stride(from: rate / 4, to: samples.count, by: rate) { samples[index] = 0.9 }
        return samples
    }

    /// Bursts of noise that die within a tenth of a second, as somebody knocking does.
    static func knocks(_ seconds: Double) -> [Float] {
        var samples = silence(seconds)
        var random = Random(state: 3)
        for start in stride(from: rate / 4, to: samples.count - 2_000, by: rate) {
            var level: Float = 0.5
            for index in start..<start + 2_000 {
                samples[index] = level * random.next()
                level *= 0.9967
            }
        }
        return samples
    }

    /// A buzz in syllables of changing loudness, with a pause after every fourth: to the gate, speech.
    static func babble(_ seconds: Double, level: Float = 0.3) -> [Float] {
        (0..<Int(seconds * Double(rate))).map { index in
            let time = Double(index) / Double(rate)
            let syllable = Int(time / 0.2)
            guard syllable % 5 != 4 else { return 0 }
            let pitch = 110.0 + 20 * Double(syllable % 3)
            let shape = sine(0.5 * (time.truncatingRemainder(dividingBy: 0.2)) / 0.2)
            let buzz = sine(pitch * time) + 0.6 * sine(3 * pitch * time) + 0.4 * sine(7 * pitch * time)
            return level * Float(shape * shape * buzz / 2)
        }
    }

    /// The sine of so many turns.
    static func sine(_ turns: Double) -> Double {
        var x = (turns - turns.rounded()) * 2
        if x > 0.5 { x = 1 - x }
        if x < -0.5 { x = -1 - x }
        let angle = x * Double.pi
        let square = angle * angle
        return angle * (1 - square / 6 * (1 - square / 20 * (1 - square / 42 * (1 - square / 72))))
    }

    struct Random {
        var state: UInt64

        /// Between -1 and 1.
        mutating func next() -> Float {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Float(Int32(truncatingIfNeeded: state >> 32)) / 2_147_483_648
        }
    }
}

extension [Float] {
    func scaled(_ factor: Float) -> [Float] { map { $0 * factor } }

    /// The sum of two sounds, as long as the first.
    func mixed(_ other: [Float]) -> [Float] {
        indices.map { self[$0] + (other.isEmpty ? 0 : other[$0 % other.count]) }
    }

    /// The square root of the mean of the squares.
    var level: Float {
        (reduce(0) { $0 + $1 * $1 } / Float(Swift.max(1, count))).squareRoot()
    }
}
