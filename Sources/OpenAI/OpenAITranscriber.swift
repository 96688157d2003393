package import Assistant
internal import HTTP
internal import JSON

/// A speech model behind `/audio/transcriptions`.
package struct OpenAITranscriber: Transcriber {
    package let model: String
    package let limits: TranscriberLimits
    private let client: OpenAIClient

    package init(client: OpenAIClient, model: String) {
        self.client = client
        self.model = model
        limits = Self.limits(of: model)
    }

    private static let extensions: Set<String> = [
        "flac", "m4a", "mp3", "mp4", "mpeg", "mpga", "oga", "ogg", "wav", "webm",
    ]

    /// What is known of OpenAI's models; another name is a compatible server's, taken as Whisper's.
    static func limits(of model: String) -> TranscriberLimits {
        let isTimed = !model.hasPrefix("gpt-")
        return TranscriberLimits(
            maxBytes: 24 << 20, maxSeconds: isTimed ? 1200 : 1390, extensions: extensions, givesTimestamps: isTimed,
            takesPrompt: !model.contains("diarize"))
    }

    package func transcribe(_ request: TranscriptionRequest) async throws(EngineError) -> TranscriptionPiece {
        let wantsSegments = request.wantsSegments && limits.givesTimestamps
        // A corrupt file is a bare 500 on some servers: one more try, not five.
        let answer = try await client.post(
            "/audio/transcriptions", parts: parts(of: request, wantsSegments), attempts: 3)
        guard let text = answer.json["text"]?.string else {
            throw OpenAIFailure(endpoint: client.endpoint).malformed(
                "its transcript has no text", requestID: answer.requestID)
        }
        return TranscriptionPiece(
            text: text, language: answer.json["language"]?.string ?? request.language,
            segments: (answer.json["segments"]?.array ?? []).compactMap(Self.segment), requestID: answer.requestID,
            usage: Self.usage(answer.json["usage"]))
    }

    private func parts(of request: TranscriptionRequest, _ wantsSegments: Bool) -> [HTTPMultipartPart] {
        let filename = "audio." + Self.fileExtension(of: request.path)
        var parts = [
            HTTPMultipartPart(
                name: "file",
                content: .file(path: request.path, filename: filename, contentType: Self.contentType(of: filename))),
            HTTPMultipartPart(name: "model", content: .text(model)),
            HTTPMultipartPart(name: "response_format", content: .text(wantsSegments ? "verbose_json" : "json")),
        ]
        if wantsSegments {
            parts.append(HTTPMultipartPart(name: "timestamp_granularities[]", content: .text("segment")))
        }
        if let language = request.language {
            parts.append(HTTPMultipartPart(name: "language", content: .text(language)))
        }
        if let hint = request.hint, !hint.isEmpty, limits.takesPrompt {
            parts.append(HTTPMultipartPart(name: "prompt", content: .text(hint)))
        }
        return parts
    }

    private static func fileExtension(of path: String) -> String {
        let name = path.split(separator: "/").last ?? ""
        return name.contains(".") ? (name.split(separator: ".").last.map { $0.lowercased() } ?? "wav") : "wav"
    }

    static func contentType(of filename: String) -> String {
        switch fileExtension(of: filename) {
        case "flac": "audio/flac"
        case "m4a", "mp4": "audio/mp4"
        case "mp3", "mpeg", "mpga": "audio/mpeg"
        case "oga", "ogg", "opus": "audio/ogg"
        case "webm": "audio/webm"
        default: "audio/wav"
        }
    }

    private static func segment(_ json: JSON) -> TimedSegment? {
        guard let start = json["start"]?.number, let end = json["end"]?.number, let text = json["text"]?.string else {
            return nil
        }
        return TimedSegment(start: start, end: end, text: text)
    }

    private static func usage(_ json: JSON?) -> Usage {
        Usage(inputTokens: json?["input_tokens"]?.integer ?? 0, outputTokens: json?["output_tokens"]?.integer ?? 0)
    }
}
