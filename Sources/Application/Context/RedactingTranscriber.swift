internal import Assistant
internal import Redaction

/// Takes secrets out of what was said as it arrives, and out of what the endpoint is told: what is shown, kept, stored
/// and acted on is the same.
struct RedactingTranscriber: Transcriber {
    let transcriber: any Transcriber
    let redactor: SecretRedactor

    var model: String { transcriber.model }
    var limits: TranscriberLimits { transcriber.limits }

    func transcribe(_ request: TranscriptionRequest) async throws(EngineError) -> TranscriptionPiece {
        var request = request
        request.hint = request.hint.map { redactor.redacted($0) }
        var piece = try await transcriber.transcribe(request)
        piece.text = redactor.redacted(piece.text)
        let words = redactor.redacted(parts: piece.segments.map(\.text))
        for (index, text) in words.enumerated() { piece.segments[index].text = text }
        return piece
    }
}
