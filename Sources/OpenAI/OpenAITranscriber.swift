package import Assistant
internal import HTTP
internal import JSON

/// A speech model behind `/audio/transcriptions`.
package struct OpenAITranscriber: Transcriber {
    package let model: String
    package var limits: TranscriberLimits { traits.limits }
    private let traits: SpeechModel
    private let client: OpenAIClient

    package init(client: OpenAIClient, model: String) {
        self.client = client
        self.model = model
        traits = SpeechModel(named: model)
    }

    package func transcribe(_ request: TranscriptionRequest) async throws(EngineError) -> TranscriptionPiece {
        let isTimed = request.wantsSegments && limits.givesTimestamps
        do throws(EngineError) {
            return try await transcribe(request, isTimed: isTimed)
        } catch {
            guard isTimed, Self.refusesFormat(error) else { throw error }
            return try await transcribe(request, isTimed: false)
        }
    }

    private func transcribe(
        _ request: TranscriptionRequest, isTimed: Bool
    ) async throws(EngineError) -> TranscriptionPiece {
        let answer = try await client.post("/audio/transcriptions", recording: parts(of: request, isTimed: isTimed))
        guard let text = answer.json["text"]?.string else {
            throw client.failure.malformed("its transcript has no text", requestID: answer.requestID)
        }
        return TranscriptionPiece(
            text: text, language: answer.json["language"]?.string.map(SpokenLanguage.code) ?? request.language,
            segments: Self.segments(answer.json["segments"]), requestID: answer.requestID,
            usage: Usage(
                inputTokens: answer.json["usage"]?["input_tokens"]?.count ?? 0,
                outputTokens: answer.json["usage"]?["output_tokens"]?.count ?? 0))
    }

    private func parts(of request: TranscriptionRequest, isTimed: Bool) -> [HTTPMultipartPart] {
        let file = AudioFileName(path: request.path)
        var fields = [(name: "model", value: model)]
        fields.append(("response_format", isTimed ? traits.timedFormat ?? "json" : "json"))
        if let language = request.language, !language.isEmpty { fields.append(("language", language)) }
        fields += traits.fields(hint: request.hint, isTimed: isTimed)
        let recording = HTTPMultipartPart(
            name: "file",
            content: .file(path: request.path, filename: file.name, contentType: file.contentType))
        return [recording] + fields.map { HTTPMultipartPart(name: $0.name, content: .text($0.value)) }
    }

    /// Servers that know `json` only say so in many ways, but name what they do not know.
    private static func refusesFormat(_ error: EngineError) -> Bool {
        guard error.kind == .refused else { return false }
        let message = error.message.lowercased()
        return ["response_format", "verbose_json", "diarized_json", "granularit", "timestamp"].contains {
            message.contains($0)
        }
    }

    /// All of them, or none: a list with holes would pass for the whole.
    private static func segments(_ json: JSON?) -> [TimedSegment] {
        let entries = json?.array ?? []
        let segments = entries.compactMap { entry -> TimedSegment? in
            guard let start = entry["start"]?.number, let end = entry["end"]?.number,
                let text = entry["text"]?.string, start >= 0, end >= start
            else { return nil }
            return TimedSegment(start: start, end: end, text: text)
        }
        return segments.count == entries.count ? segments : []
    }
}
