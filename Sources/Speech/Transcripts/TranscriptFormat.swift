internal import Assistant
package import JSON

/// How a transcript is written. SRT and VTT are made here from timed segments, so that they work with any model; one
/// that gives no times gets one cue for each piece.
package enum TranscriptFormat: String, Sendable, CaseIterable {
    case text
    case json
    case srt
    case vtt

    /// The whole document, with a line end at its end.
    package func render(_ transcript: Transcript) -> String {
        switch self {
        case .text: transcript.text + "\n"
        case .json: transcript.json.text(pretty: true) + "\n"
        case .srt: srt(Cue.cues(of: transcript))
        case .vtt: vtt(Cue.cues(of: transcript))
        }
    }

    private func srt(_ cues: [Cue]) -> String {
        cues.enumerated().map { number, cue in
            // A line that reads as an arrow would start another cue.
            let text = cue.lines.joined(separator: "\n").replacing("-->", with: "→")
            return "\(number + 1)\n\(clock(cue.start, ",")) --> \(clock(cue.end, ","))\n\(text)\n"
        }.joined(separator: "\n")
    }

    private func vtt(_ cues: [Cue]) -> String {
        "WEBVTT\n"
            + cues.map { cue in
                let text = cue.lines.joined(separator: "\n").replacing("&", with: "&amp;")
                    .replacing("<", with: "&lt;").replacing(">", with: "&gt;")
                return "\n\(clock(cue.start, ".")) --> \(clock(cue.end, "."))\n\(text)\n"
            }.joined()
    }

    /// `HH:MM:SS,mmm`; from a hundred hours on, with as many digits as it takes.
    private func clock(_ milliseconds: Int, _ separator: String) -> String {
        let padded = { (number: Int, width: Int) in
            String(repeating: "0", count: max(0, width - String(number).count)) + String(number)
        }
        return padded(milliseconds / 3_600_000, 2) + ":" + padded(milliseconds / 60_000 % 60, 2) + ":"
            + padded(milliseconds / 1_000 % 60, 2) + separator + padded(milliseconds % 1_000, 3)
    }
}

extension Transcript {
    /// The documented object of `vocero transcribe --format json`:
    ///
    /// `text`, `language` (or null), `duration` (seconds), `model`, `segments` (`start`, `end` in seconds, `text`),
    /// `pieces` (the same, and `kept`), `usage` (`input_tokens`, `output_tokens`), `request_ids`, `notices`.
    package var json: JSON {
        [
            "text": .string(text),
            "language": language.map { .string($0) } ?? nil,
            "duration": .number(rounded(duration)),
            "model": .string(model),
            "segments": .array(
                segments.map { ["start": time($0.start), "end": time($0.end), "text": .string($0.text)] }),
            "pieces": .array(
                pieces.map {
                    [
                        "start": time($0.start), "end": time($0.end), "text": .string($0.text),
                        "kept": .bool($0.wasKept),
                    ]
                }),
            "usage": ["input_tokens": .integer(usage.inputTokens), "output_tokens": .integer(usage.outputTokens)],
            "request_ids": .array(requestIDs.map { .string($0) }),
            "notices": .array(notices.map { .string($0) }),
        ]
    }

    private func time(_ seconds: Double) -> JSON { .number(rounded(seconds)) }

    private func rounded(_ seconds: Double) -> Double { (seconds * 1_000).rounded() / 1_000 }
}
