internal import Assistant
internal import JSON

extension TranscriptionPiece {
    /// The piece as it is kept on disk.
    var kept: JSON {
        [
            "version": 1,
            "text": .string(text),
            "language": language.map { .string($0) } ?? nil,
            "request_id": requestID.map { .string($0) } ?? nil,
            "segments": .array(segments.map { [.number($0.start), .number($0.end), .string($0.text)] }),
            "usage": [
                .integer(usage.inputTokens), .integer(usage.cachedInputTokens), .integer(usage.outputTokens),
            ],
        ]
    }

    /// Nil when the JSON is not what ``kept`` writes.
    init?(kept: JSON) {
        guard kept["version"]?.integer == 1, let text = kept["text"]?.string,
            let segments = kept["segments"]?.array, let usage = kept["usage"]?.array, usage.count == 3
        else { return nil }
        var timed: [TimedSegment] = []
        for segment in segments {
            guard let start = segment[0]?.number, let end = segment[1]?.number, let words = segment[2]?.string else {
                return nil
            }
            timed.append(TimedSegment(start: start, end: end, text: words))
        }
        self.init(
            text: text, language: kept["language"]?.string, segments: timed, requestID: kept["request_id"]?.string,
            usage: Usage(
                inputTokens: usage[0].count ?? 0, cachedInputTokens: usage[1].count ?? 0,
                outputTokens: usage[2].count ?? 0))
    }
}
