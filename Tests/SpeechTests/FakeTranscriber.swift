import Assistant
import FoundationEssentials

/// A speech endpoint that writes down what it is asked.
actor FakeTranscriber: Transcriber {
    struct Asked: Sendable, Hashable {
        var request: TranscriptionRequest
        var bytes: [UInt8]
    }

    nonisolated let model = "fake"
    nonisolated let limits: TranscriberLimits
    private(set) var asked: [Asked] = []
    private let answer: @Sendable (_ number: Int, TranscriptionRequest) async throws(EngineError) -> TranscriptionPiece

    init(
        maxBytes: Int = 25_000_000, maxSeconds: Double = 1_390,
        extensions: Set<String> = ["wav", "flac", "mp3", "ogg"],
        answer: @escaping @Sendable (Int, TranscriptionRequest) async throws(EngineError) -> TranscriptionPiece = {
            (number, _) async throws(EngineError) in TranscriptionPiece(text: "words \(number)")
        }
    ) {
        limits = TranscriberLimits(
            maxBytes: maxBytes, maxSeconds: maxSeconds, extensions: extensions, givesTimestamps: true,
            takesPrompt: true)
        self.answer = answer
    }

    func transcribe(_ request: TranscriptionRequest) async throws(EngineError) -> TranscriptionPiece {
        let bytes = [UInt8]((try? Data(contentsOf: URL(filePath: request.path))) ?? Data())
        asked.append(Asked(request: request, bytes: bytes))
        return try await answer(asked.count, request)
    }
}
