import Testing

@testable import Speech

struct `The speech gate` {
    @Test(arguments: Sound.silent)
    func `hears no speech in`(sound: Sound) {
        #expect(!hears(sound.samples))
    }

    @Test(arguments: Sound.spoken)
    func `hears speech in`(sound: Sound) {
        #expect(hears(sound.samples))
    }

    @Test(arguments: Samples.all, Treatment.allCases)
    func `hears every sample, however it was recorded`(name: String, treatment: Treatment) throws {
        #expect(hears(treatment.apply(to: try Samples.read(name))))
    }

    enum Treatment: String, CaseIterable {
        case plain, faint, veryFaint, hissing, faintAndHissing, offset

        func apply(to samples: [Float]) -> [Float] {
            let hiss = Signal.noise(1, level: samples.level * 0.1 * 1.73)
            return switch self {
            case .plain: samples
            case .faint: samples.scaled(0.1)
            case .veryFaint: samples.scaled(0.01)
            case .hissing: samples.mixed(hiss)
            case .faintAndHissing: samples.mixed(hiss).scaled(0.1)
            case .offset: samples.map { $0 * 0.5 + 0.4 }
            }
        }
    }

    private func hears(_ samples: [Float]) -> Bool {
        SpeechGate.hearsSpeech(in: energies(samples)[...])
    }
}

struct Sound: Sendable, CustomTestStringConvertible {
    let name: String
    let samples: [Float]

    init(_ name: String, _ parts: [Float]...) {
        self.name = name
        samples = parts.flatMap { $0 }
    }

    var testDescription: String { name }

    static let silent: [Sound] = [
        Sound("digital silence", Signal.silence(3)),
        Sound("direct current", [Float](repeating: 0.5, count: 48_000)),
        Sound("a tone", Signal.tone(3)),
        Sound("a low tone", Signal.tone(3, hertz: 130)),
        Sound("mains hum", Signal.tone(3, hertz: 50, level: 0.5)),
        Sound("hiss", Signal.noise(3)),
        Sound("faint hiss", Signal.noise(3, level: 0.0002)),
        Sound("clicks", Signal.clicks(4)),
        Sound("knocks", Signal.knocks(4)),
        Sound("a tone between silences", Signal.silence(1), Signal.tone(2), Signal.silence(1)),
        Sound("hiss between silences", Signal.silence(1), Signal.noise(2), Signal.silence(1)),
        Sound("hiss that begins and ends in faint hiss", Signal.noise(1, level: 0.001), Signal.noise(2)),
        Sound("beeps", Signal.tone(0.5), Signal.silence(0.5), Signal.tone(0.5), Signal.silence(0.5)),
        Sound("a dialling tone", Signal.tone(3, hertz: 350).mixed(Signal.tone(3, hertz: 440))),
        Sound("nothing"),
        Sound("a moment", Signal.babble(0.05)),
    ]

    static let spoken: [Sound] = [
        Sound("syllables", Signal.babble(1)),
        Sound("one short word", Signal.silence(0.2), Signal.babble(0.4), Signal.silence(0.2)),
        Sound("faint syllables", Signal.babble(1, level: 0.01)),
        Sound("a word after a minute of silence", Signal.silence(60), Signal.babble(0.6)),
        Sound("a word after a tone", Signal.tone(20), Signal.noise(0.5, level: 0.001), Signal.babble(0.8)),
        Sound("syllables in hum", Signal.babble(2).mixed(Signal.tone(2, hertz: 50, level: 0.3))),
        Sound("syllables in hiss", Signal.babble(2).mixed(Signal.noise(2, level: 0.02))),
    ]
}

/// The levels of a sound in steps of 20 ms.
func energies(_ samples: [Float]) -> [Float] {
    var energies = FrameEnergies()
    var samples = samples
    samples.withUnsafeMutableBufferPointer { energies.add($0) }
    return energies.decibels
}
