import Assistant
import FoundationEssentials
import TestSupport
import Testing

@testable import Speech

struct `A recording is prepared` {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    @Test func `and goes up as it is when the endpoint takes it`() throws {
        let path = try directory.write("a.wav", SoundBytes.wav(Signal.babble(2)))
        let prepared = try prepare(path)
        #expect(prepared.isAsRecorded)
        #expect(prepared.pieces.map(\.path) == [path])
        #expect(prepared.duration == 2)
        #expect(!FileManager.default.fileExists(atPath: work))
    }

    @Test(arguments: OddFile.all)
    func `as FLAC when the endpoint would not take it`(file: OddFile) throws {
        let prepared = try prepare(try directory.write(file.name, file.bytes))
        #expect(!prepared.isAsRecorded)
        #expect(prepared.pieces.count == 1)
        #expect(prepared.pieces[0].path.hasSuffix(".flac"))
        #expect(try read(prepared.pieces[0].path).count == 32_000)
        #expect(!prepared.isTruncated)
    }

    @Test func `as WAV when the endpoint takes no FLAC`() throws {
        let path = try directory.write("a.au", SoundBytes.au(Signal.babble(2)))
        let prepared = try prepare(path, extensions: ["wav"])
        #expect(prepared.pieces[0].path.hasSuffix(".wav"))
        let samples = try read(prepared.pieces[0].path)
        let expected = Signal.babble(2)
        #expect(zip(samples, expected).allSatisfy { abs($0 - $1) < 0.001 })
    }

    @Test(arguments: [8_000, 11_025, 22_050, 44_100, 48_000, 96_000])
    func `at sixteen thousand samples a second, keeping its length`(rate: Int) throws {
        let samples = resampledByHand(Signal.babble(2), to: rate)
        let prepared = try prepare(try directory.write("a.au", SoundBytes.au(samples, rate: rate)))
        let pieces = try read(prepared.pieces[0].path)
        #expect(abs(prepared.duration - 2) < 0.01)
        #expect(abs(pieces.count - 32_000) < 40)
        #expect(abs(pieces.level / Signal.babble(2).level - 1) < 0.05)
    }

    @Test func `without losing a voice that its two channels cancel`() throws {
        let stereo = Signal.babble(2).flatMap { [$0, -$0] }
        let prepared = try prepare(try directory.write("a.wav", SoundBytes.wav(stereo, channels: 2)))
        #expect(!prepared.isAsRecorded)
        #expect(try read(prepared.pieces[0].path).level > 0.05)
    }

    @Test func `from floating point in the units of whole numbers, or with no numbers in it`() throws {
        var samples = Signal.babble(2).scaled(32_768)
        for index in stride(from: 0, to: samples.count, by: 1_000) { samples[index] = .nan }
        samples[5] = .infinity
        let prepared = try prepare(try directory.write("a.wav", SoundBytes.floatWAV(samples)))
        let level = try read(prepared.pieces[0].path).level
        #expect(level > 0.05 && level < 0.5)
    }

    @Test func `louder when it is very faint`() throws {
        let path = try directory.write("a.caf.au", SoundBytes.au(Signal.babble(2, level: 0.01)))
        #expect(try read(try prepare(path).pieces[0].path).level > 0.05)
    }

    @Test(arguments: [UInt32.max, 0, 0x7fff_ffff])
    func `by what is there when its header does not know the length`(declared: UInt32) throws {
        let path = try directory.write("a.wav", SoundBytes.wav(Signal.babble(2), declared: declared))
        let prepared = try prepare(path)
        #expect(prepared.duration == 2)
        #expect(!prepared.isTruncated)
    }

    @Test func `in the part that is there when it is cut off`() throws {
        let whole = SoundBytes.wav(Signal.babble(2))
        let prepared = try prepare(try directory.write("a.wav", whole.prefix(44 + 32_000)))
        #expect(prepared.isTruncated)
        #expect(!prepared.isAsRecorded)
        #expect(abs(prepared.duration - 1) < 0.01)
    }

    @Test(arguments: OddFile.cutOff)
    func `and known to be cut off`(file: OddFile) throws {
        #expect(try prepare(try directory.write(file.name, file.bytes)).isTruncated)
    }

    @Test func `in pieces that are cut where it is quiet`() throws {
        // Eleven seconds of syllables, with half a second of silence after 3, 6 and 9.
        let samples = (0..<3).flatMap { _ in Signal.babble(2.5) + Signal.silence(0.5) } + Signal.babble(2)
        let path = try directory.write("a.au", SoundBytes.au(samples))
        let prepared = try prepare(path, maxSeconds: 4)
        #expect(prepared.pieces.count > 2)
        #expect(prepared.pieces.allSatisfy { $0.end - $0.start <= 4 && $0.end - $0.start >= 0.1 })
        var joined: [Float] = []
        for piece in prepared.pieces {
            #expect(abs(piece.start - Double(joined.count) / 16_000) < 1e-9)
            joined += try read(piece.path)
        }
        #expect(joined.count == samples.count)
        #expect(zip(joined, samples).allSatisfy { abs($0 - $1) < 0.001 })
        for piece in prepared.pieces.dropLast() {
            let index = Int(piece.end * 16_000)
            #expect(Array(joined[index - 400..<index + 400]).level < 0.02)
        }
    }

    @Test func `in pieces within the endpoint's size, even of hiss`() throws {
        let samples = (0..<4).flatMap { _ in Signal.babble(2).mixed(Signal.noise(2, level: 0.02)) }
        let path = try directory.write("a.au", SoundBytes.au(samples))
        let prepared = try prepare(path, maxBytes: 100_000, extensions: ["wav"])
        #expect(prepared.pieces.count > 2)
        for piece in prepared.pieces {
            #expect(try FileManager.default.attributesOfItem(atPath: piece.path)[.size] as? Int ?? 0 <= 100_000)
        }
    }

    @Test func `and pieces in which nobody speaks are known`() throws {
        let samples = Signal.babble(4) + Signal.silence(12) + Signal.babble(4)
        let prepared = try prepare(try directory.write("a.au", SoundBytes.au(samples)), maxSeconds: 4)
        #expect(prepared.pieces.contains { !$0.hasSpeech })
        #expect(prepared.pieces.first?.hasSpeech == true)
        #expect(prepared.pieces.last?.hasSpeech == true)
    }

    @Test func `and is never changed`() throws {
        let bytes = SoundBytes.au(Signal.babble(2))
        let path = try directory.write("a.au", bytes)
        _ = try prepare(path)
        #expect([UInt8](try Data(contentsOf: URL(filePath: path))) == bytes)
    }

    private var work: String { directory.file("work") }

    private func prepare(
        _ path: String, maxBytes: Int = 25_000_000, maxSeconds: Double = 1_390,
        extensions: Set<String> = ["wav", "flac", "mp3"]
    ) throws -> PreparedRecording {
        let limits = TranscriberLimits(
            maxBytes: maxBytes, maxSeconds: maxSeconds, extensions: extensions, givesTimestamps: true,
            takesPrompt: true)
        return try RecordingPreparation(
            path: path, limits: limits, workDirectory: work, maxSeconds: 3_600, isCancelled: { false },
            progress: { _ in }
        ).run()
    }

    /// The samples of a piece, read through the module's own reader.
    private func read(_ path: String) throws -> [Float] {
        let reader = try SoundReader(opening: path)
        var samples: [Float] = []
        var block = [Float](repeating: 0, count: 4_096 * reader.channels)
        while true {
            let frames = try block.withUnsafeMutableBufferPointer { try reader.read(into: $0) }
            if frames == 0 { return samples }
            samples += block[..<(frames * reader.channels)]
        }
    }

    private func resampledByHand(_ samples: [Float], to rate: Int) -> [Float] {
        (0..<samples.count * rate / Signal.rate).map { samples[min(samples.count - 1, $0 * Signal.rate / rate)] }
    }
}

/// Two seconds that an endpoint for WAV, FLAC and MP3 would refuse or misread.
struct OddFile: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let name: String
    let bytes: [UInt8]

    init(_ description: String, _ name: String, _ bytes: some Sequence<UInt8>) {
        testDescription = description
        self.name = name
        self.bytes = Array(bytes)
    }

    static let all: [OddFile] = [
        OddFile("an AU file", "sound.au", SoundBytes.au(Signal.babble(2))),
        OddFile("an AIFF file", "sound.aiff", SoundBytes.aiff(Signal.babble(2))),
        OddFile("a WAV file with a false name", "named.mp3", SoundBytes.wav(Signal.babble(2))),
        OddFile("a WAV file without an extension", "nameless", SoundBytes.wav(Signal.babble(2))),
        OddFile(
            "a WAV file of four channels", "four.wav",
            SoundBytes.wav(Signal.babble(2).flatMap { [$0, $0, $0, $0] }, channels: 4)),
    ]

    static let cutOff: [OddFile] = [
        OddFile("an AU file", "sound.au", SoundBytes.au(Signal.babble(2)).dropLast(1_000)),
        OddFile("an AIFF file", "sound.aiff", SoundBytes.aiff(Signal.babble(2)).dropLast(1_000)),
        OddFile("a WAV file", "sound.wav", SoundBytes.wav(Signal.babble(2)).dropLast(1_000)),
    ]
}
