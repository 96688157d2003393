import FoundationEssentials
import Glibc
import TestSupport
import Testing

@testable import Speech

struct `A hostile recording` {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    @Test(arguments: HostileFile.all)
    func `is refused with one clear sentence`(file: HostileFile) async throws {
        let path = try directory.write("recording.wav", file.bytes)
        try await expectRefusal(of: path, file.kinds)
    }

    @Test func `that does not exist is no input`() async throws {
        try await expectRefusal(of: directory.file("absent.wav"), [.noInput])
    }

    @Test(arguments: ["", "a\0b"])
    func `with a name that no file has is no input`(path: String) async throws {
        try await expectRefusal(of: path, [.noInput])
    }

    @Test func `that is a directory is not audio`() async throws {
        try await expectRefusal(of: directory.path, [.notAudio])
    }

    @Test func `that is a pipe is not audio, and is not waited for`() async throws {
        let path = directory.file("pipe.wav")
        #expect(mkfifo(path, 0o600) == 0)
        try await expectRefusal(of: path, [.notAudio])
    }

    @Test(arguments: ["/dev/zero", "/dev/null"])
    func `that is a device is not audio`(path: String) async throws {
        try await expectRefusal(of: path, [.notAudio])
    }

    @Test func `longer than is allowed is refused, whatever its header says`() async throws {
        let path = try directory.write("long.au", SoundBytes.au(Signal.babble(30), declared: .max))
        let endpoint = FakeTranscriber()
        let error = await #expect(throws: SpeechError.self) {
            try await SpeechPipeline(transcriber: endpoint, keptPieces: directory.file("kept")).transcribe(
                path: path, options: TranscriptionOptions(maxSeconds: 20))
        }
        #expect(error?.kind == .tooLong)
    }

    private func expectRefusal(of path: String, _ kinds: [SpeechError.Kind]) async throws {
        let endpoint = FakeTranscriber()
        let pipeline = SpeechPipeline(transcriber: endpoint, keptPieces: directory.file("kept"))
        let error = await #expect(throws: SpeechError.self) { try await pipeline.transcribe(path: path) }
        if let error {
            #expect(kinds.contains(error.kind), "\(error)")
            #expect(error.message.hasSuffix(".") && !error.message.contains("\n"))
        }
        #expect(await endpoint.asked.isEmpty)
        #expect((try? FileManager.default.contentsOfDirectory(atPath: directory.file("kept"))) ?? [] == [])
    }
}

struct HostileFile: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let bytes: [UInt8]
    let kinds: [SpeechError.Kind]

    init(_ name: String, _ bytes: some Sequence<UInt8>, _ kinds: SpeechError.Kind...) {
        testDescription = name
        self.bytes = Array(bytes)
        self.kinds = kinds
    }

    private static let whole = SoundBytes.wav(Signal.babble(2))

    /// `whole` with other bytes from a place on.
    private static func patched(_ offset: Int, _ bytes: UInt8...) -> [UInt8] {
        var patched = whole
        patched.replaceSubrange(offset..<offset + bytes.count, with: bytes)
        return patched
    }

    private static func random(_ count: Int, seed: UInt64) -> [UInt8] {
        var random = Signal.Random(state: seed)
        return (0..<count).map { _ in UInt8(truncatingIfNeeded: Int(random.next() * 1_000_000)) }
    }

    static let all: [HostileFile] = [
        HostileFile("empty", [], .notAudio),
        HostileFile("one byte", [0x52], .notAudio),
        HostileFile("text", "Summarize the last three commits.\n".utf8, .notAudio),
        HostileFile("HTML", "<html><body>Not found</body></html>".utf8, .notAudio),
        HostileFile("a PNG", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] + random(500, seed: 1), .notAudio),
        HostileFile("zeros", [UInt8](repeating: 0, count: 10_000), .notAudio),
        HostileFile("ones", [UInt8](repeating: 0xff, count: 10_000), .notAudio, .tooShort, .silent),
        HostileFile("random bytes", random(10_000, seed: 2), .notAudio),
        HostileFile(
            "an MP3 mark and random bytes", [0xff, 0xfb, 0x90, 0x00] + random(5_000, seed: 3), .notAudio, .tooShort,
            .silent),
        HostileFile(
            "an ID3 tag of 256 MB", Array("ID3".utf8) + [4, 0, 0, 0x7f, 0x7f, 0x7f, 0x7f], .notAudio, .tooShort),
        HostileFile("RIFF alone", whole.prefix(4), .truncated, .notAudio),
        HostileFile("half a WAV header", whole.prefix(20), .truncated),
        HostileFile("a WAV header without its data chunk", whole.prefix(36), .truncated),
        HostileFile("a WAV header without data", whole.prefix(44), .truncated),
        HostileFile("a WAV cut off after fifty milliseconds", whole.prefix(44 + 1_600), .truncated),
        HostileFile("fifty milliseconds", SoundBytes.wav(Signal.babble(0.05)), .tooShort),
        HostileFile("a WAV of no samples", SoundBytes.wav([]), .tooShort, .notAudio),
        HostileFile("no channels", patched(22, 0, 0), .notAudio),
        HostileFile("65,535 channels", patched(22, 0xff, 0xff), .notAudio),
        HostileFile("no sample rate", patched(24, 0, 0, 0, 0), .notAudio),
        HostileFile("four thousand million samples a second", patched(24, 0xff, 0xff, 0xff, 0xff), .notAudio),
        HostileFile("no bits", patched(34, 0, 0), .notAudio),
        HostileFile("an unknown coding", patched(20, 0x34, 0x12), .notAudio),
        HostileFile("a first chunk of 4 GB", patched(16, 0xff, 0xff, 0xff, 0xff), .notAudio, .truncated),
        HostileFile("an AU header without data", SoundBytes.au(Signal.babble(1)).prefix(24), .truncated, .notAudio),
        HostileFile("an AU mark alone", Array(".snd".utf8), .truncated, .notAudio),
        HostileFile(
            "an AIFF cut off in its header", SoundBytes.aiff(Signal.babble(1)).prefix(30), .truncated, .notAudio),
        HostileFile("a FLAC mark and random bytes", Array("fLaC".utf8) + random(5_000, seed: 4), .notAudio, .truncated),
        HostileFile("an Ogg mark and random bytes", Array("OggS".utf8) + random(5_000, seed: 5), .notAudio, .truncated),
        HostileFile("a CAF mark alone", Array("caff".utf8), .notAudio, .truncated),
        HostileFile("silence", SoundBytes.wav(Signal.silence(2)), .silent),
        HostileFile("a tone", SoundBytes.wav(Signal.tone(2)), .silent),
        HostileFile("hiss", SoundBytes.wav(Signal.noise(2)), .silent),
        HostileFile("not a single number", SoundBytes.floatWAV([Float](repeating: .nan, count: 32_000)), .silent),
        HostileFile("infinity", SoundBytes.floatWAV([Float](repeating: .infinity, count: 32_000)), .silent),
    ]
}
