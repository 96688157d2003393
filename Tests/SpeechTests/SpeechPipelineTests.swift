import Assistant
import FoundationEssentials
import Synchronization
import TestSupport
import Testing

@testable import Speech

struct `The speech pipeline` {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    @Test func `sends a small recording as it is, with language and hint`() async throws {
        let bytes = SoundBytes.wav(Signal.babble(1))
        let path = try directory.write("a.wav", bytes)
        let endpoint = FakeTranscriber { (_, _) async throws(EngineError) in
            TranscriptionPiece(
                text: " Summarize it. ", language: "en",
                segments: [TimedSegment(start: 0.2, end: 30, text: " Summarize it.")],
                requestID: "req-1", usage: Usage(inputTokens: 3, outputTokens: 4))
        }
        let options = TranscriptionOptions(language: "en", hint: "commits", wantsSegments: true)
        let transcript = try await pipeline(endpoint).transcribe(path: path, options: options)
        #expect(transcript.text == "Summarize it.")
        #expect(transcript.language == "en")
        #expect(transcript.duration == 1)
        #expect(transcript.segments == [TimedSegment(start: 0.2, end: 1, text: "Summarize it.")])
        #expect(transcript.usage == Usage(inputTokens: 3, outputTokens: 4))
        #expect(transcript.requestIDs == ["req-1"])
        let request = TranscriptionRequest(path: path, language: "en", hint: "commits", wantsSegments: true)
        #expect(await endpoint.asked == [.init(request: request, bytes: bytes)])
    }

    @Test func `asks nothing the second time, even under another name`() async throws {
        let bytes = SoundBytes.wav(Signal.babble(1))
        let endpoint = FakeTranscriber()
        let first = try await pipeline(endpoint).transcribe(path: try directory.write("a.wav", bytes))
        let second = try await pipeline(endpoint).transcribe(path: try directory.write("b.wav", bytes))
        #expect(await endpoint.asked.count == 1)
        #expect(first.text == second.text)
        #expect(second.pieces.map(\.wasKept) == [true])
    }

    @Test(arguments: [
        TranscriptionOptions(language: "es"), TranscriptionOptions(hint: "ramas"),
        TranscriptionOptions(wantsSegments: true),
    ])
    func `asks again when it asks something else`(options: TranscriptionOptions) async throws {
        let path = try directory.write("a.wav", SoundBytes.wav(Signal.babble(1)))
        let endpoint = FakeTranscriber()
        _ = try await pipeline(endpoint).transcribe(path: path)
        _ = try await pipeline(endpoint).transcribe(path: path, options: options)
        #expect(await endpoint.asked.count == 2)
    }

    @Test func `joins pieces in their order, on one clock`() async throws {
        let endpoint = FakeTranscriber(maxSeconds: 4) { (_, request) async throws(EngineError) in
            let name = request.path.split(separator: "/").last ?? ""
            return TranscriptionPiece(
                text: "\(name)", segments: [TimedSegment(start: 0.5, end: 1, text: "\(name)")])
        }
        let transcript = try await pipeline(endpoint).transcribe(path: try long())
        #expect(transcript.text == "piece-1.flac piece-2.flac piece-3.flac")
        #expect(transcript.segments.map(\.start) == transcript.pieces.map { $0.start + 0.5 })
        #expect(transcript.pieces.dropLast().map(\.end) == transcript.pieces.dropFirst().map(\.start))
    }

    @Test func `does not pay again for pieces that were finished before a failure`() async throws {
        let failing = FakeTranscriber(maxSeconds: 4) { (number, request) async throws(EngineError) in
            if request.path.hasSuffix("piece-2.flac") { throw EngineError(.unavailable, "The endpoint is away.") }
            return TranscriptionPiece(text: "first try")
        }
        let path = try long()
        let error = await #expect(throws: SpeechError.self) { try await pipeline(failing).transcribe(path: path) }
        #expect(error?.kind == .engine(EngineError(.unavailable, "The endpoint is away.")))
        let finished = await failing.asked.count - 1
        #expect(finished >= 1)
        let working = FakeTranscriber(maxSeconds: 4) { (_, _) async throws(EngineError) in
            TranscriptionPiece(text: "second try")
        }
        let transcript = try await pipeline(working).transcribe(path: path)
        #expect(await working.asked.count == 3 - finished)
        #expect(transcript.pieces.filter(\.wasKept).map(\.text) == Array(repeating: "first try", count: finished))
        #expect(try workLeft().isEmpty)
    }

    @Test func `keeps what was finished when it is cancelled, and leaves nothing else`() async throws {
        let (reached, announce) = AsyncStream<Void>.makeStream()
        let hanging = FakeTranscriber(maxSeconds: 4) { (_, request) async throws(EngineError) in
            if request.path.hasSuffix("piece-1.flac") { return TranscriptionPiece(text: "first try") }
            announce.yield()
            do { try await Task.sleep(for: .seconds(600)) } catch { throw EngineError(.cancelled, "cancelled") }
            return TranscriptionPiece(text: "never")
        }
        let path = try long()
        let pipeline = pipeline(hanging)
        let task = Task { try await pipeline.transcribe(path: path) }
        // Both places are taken by pieces 2 and 3 once the first is finished.
        var arrivals = reached.makeAsyncIterator()
        await arrivals.next()
        await arrivals.next()
        task.cancel()
        let error = await #expect(throws: SpeechError.self) { try await task.value }
        #expect(error?.kind == .cancelled)
        #expect(try workLeft().isEmpty)
        let working = FakeTranscriber(maxSeconds: 4)
        _ = try await self.pipeline(working).transcribe(path: path)
        #expect(await working.asked.count == 2)
    }

    @Test func `stops decoding when it is cancelled`() async throws {
        let path = try directory.write("a.au", SoundBytes.au(Signal.babble(20)))
        let endpoint = FakeTranscriber()
        let pipeline = pipeline(endpoint)
        let task = Task { try await pipeline.transcribe(path: path) }
        task.cancel()
        let error = await #expect(throws: SpeechError.self) { try await task.value }
        #expect(error?.kind == .cancelled)
        #expect(await endpoint.asked.isEmpty)
        #expect(try workLeft().isEmpty)
    }

    @Test func `does not send a piece in which nobody speaks`() async throws {
        let path = try directory.write(
            "a.au", SoundBytes.au(Signal.babble(3) + Signal.silence(9) + Signal.babble(3)))
        let endpoint = FakeTranscriber(maxSeconds: 4)
        let transcript = try await pipeline(endpoint).transcribe(path: path)
        #expect(await endpoint.asked.count == 2)
        #expect(transcript.duration == 15)
    }

    @Test func `says so when a recording is cut off`() async throws {
        let path = try directory.write("a.wav", SoundBytes.wav(Signal.babble(2)).prefix(44 + 32_000))
        let told = Mutex<[TranscriptionProgress]>([])
        let transcript = try await pipeline(FakeTranscriber()).transcribe(path: path) { progress in
            told.withLock { $0.append(progress) }
        }
        #expect(transcript.notices.count == 1)
        #expect(told.withLock { $0 }.contains(.notice(transcript.notices[0])))
    }

    @Test func `finds no speech where the endpoint finds no words`() async throws {
        let path = try directory.write("a.wav", SoundBytes.wav(Signal.babble(2)))
        let endpoint = FakeTranscriber { (_, _) async throws(EngineError) in TranscriptionPiece(text: " \n") }
        let error = await #expect(throws: SpeechError.self) { try await pipeline(endpoint).transcribe(path: path) }
        #expect(error?.kind == .silent)
    }

    @Test func `ignores kept transcripts that are broken`() async throws {
        let path = try directory.write("a.wav", SoundBytes.wav(Signal.babble(1)))
        let endpoint = FakeTranscriber()
        _ = try await pipeline(endpoint).transcribe(path: path)
        for name in try FileManager.default.contentsOfDirectory(atPath: kept) {
            try Data("{\"version\":1".utf8).write(to: URL(filePath: kept + "/" + name))
        }
        _ = try await pipeline(endpoint).transcribe(path: path)
        #expect(await endpoint.asked.count == 2)
    }

    @Test func `gives the transcript although it cannot be kept`() async throws {
        let path = try directory.write("a.wav", SoundBytes.wav(Signal.babble(1)))
        let blocked = try directory.write("blocked", "a file where a directory is needed")
        let transcript = try await SpeechPipeline(transcriber: FakeTranscriber(), keptPieces: blocked)
            .transcribe(path: path)
        #expect(transcript.text == "words 1")
        #expect(transcript.notices.count == 1)
    }

    private var kept: String { directory.file("kept") }

    private func pipeline(_ endpoint: FakeTranscriber) -> SpeechPipeline {
        SpeechPipeline(transcriber: endpoint, keptPieces: kept)
    }

    /// Eleven seconds, which an endpoint of four seconds takes in three pieces.
    private func long() throws -> String {
        let samples =
            Signal.babble(3.5) + Signal.silence(0.4) + Signal.babble(3.5) + Signal.silence(0.4) + Signal.babble(3)
        return try directory.write("long.au", SoundBytes.au(samples))
    }

    private func workLeft() throws -> [String] {
        guard FileManager.default.fileExists(atPath: kept) else { return [] }
        return try FileManager.default.contentsOfDirectory(atPath: kept).filter { !$0.hasSuffix(".json") }
    }
}
