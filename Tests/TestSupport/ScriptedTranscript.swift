internal import JSON

/// What ``LoopbackOpenAI`` hears in one recording.
package struct ScriptedTranscript: Sendable {
    package var text: String
    package var language: String
    /// Seconds from the recording's start, and words; one segment with the whole text when there are none.
    package var segments: [(start: Double, end: Double, text: String)]

    package init(
        _ text: String, language: String = "english", segments: [(start: Double, end: Double, text: String)] = []
    ) {
        self.text = text
        self.language = language
        self.segments = segments
    }

    func reply(to request: LoopbackRequest) -> LoopbackReply {
        guard let file = request.part("file"), file.filename?.contains(".") == true, file.contentType != nil else {
            return LoopbackOpenAI.error(400, "the file part is missing or has no name with an extension")
        }
        switch request.part("response_format")?.text ?? "json" {
        case "json":
            return .json([
                "text": .string(text),
                "usage": ["type": "tokens", "input_tokens": 14, "output_tokens": 5, "total_tokens": 19],
            ])
        case "verbose_json":
            let timed = segments.isEmpty ? [(start: 0, end: 1, text: text)] : segments
            return .json([
                "task": "transcribe", "language": .string(language), "duration": .number(timed.last?.end ?? 0),
                "text": .string(text), "segments": .array(timed.enumerated().map(Self.segment)),
                "usage": ["type": "duration", "seconds": 1],
            ])
        case let format: return LoopbackOpenAI.error(400, "response_format \(format) is not supported")
        }
    }

    private static func segment(_ index: Int, _ segment: (start: Double, end: Double, text: String)) -> JSON {
        [
            "id": .integer(index), "seek": 0, "start": .number(segment.start), "end": .number(segment.end),
            "text": .string(segment.text), "tokens": [], "temperature": 0, "avg_logprob": -0.2,
            "compression_ratio": 1.1, "no_speech_prob": 0.01,
        ]
    }
}
