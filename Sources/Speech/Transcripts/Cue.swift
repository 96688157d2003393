internal import Assistant

/// What stands on the screen at one time: at most two lines of about forty letters.
struct Cue: Sendable, Hashable {
    /// Milliseconds from the start of the recording.
    var start: Int
    /// Milliseconds, always after `start` and never after the start of the next cue.
    var end: Int
    var lines: [String]

    private static let lineLength = 42
    private static let linesInCue = 2

    /// The cues of a transcript in order, none of them empty or overlapping.
    static func cues(of transcript: Transcript) -> [Cue] {
        let timed =
            transcript.segments.isEmpty
            ? transcript.pieces.map { TimedSegment(start: $0.start, end: $0.end, text: $0.text) }
            : transcript.segments
        return inOrder(timed.flatMap(split))
    }

    /// A segment that is too long to read is split, each part with its share of the time.
    private static func split(_ segment: TimedSegment) -> [Cue] {
        let lines = wrap(printable(segment.text))
        let texts = stride(from: 0, to: lines.count, by: linesInCue).map { first in
            Array(lines[first..<min(first + linesInCue, lines.count)])
        }
        let lengths = texts.map { text in text.reduce(0) { $0 + $1.count } }
        let whole = Double(max(1, lengths.reduce(0, +)))
        let start = milliseconds(segment.start)
        let span = Double(max(0, milliseconds(segment.end) - start))
        var before = 0
        return zip(texts, lengths).map { text, length in
            let from = start + Int(span * Double(before) / whole)
            before += length
            return Cue(start: from, end: start + Int(span * Double(before) / whole), lines: text)
        }
    }

    /// Models return segments that overlap, run backwards or take no time; players refuse those.
    private static func inOrder(_ cues: [Cue]) -> [Cue] {
        var last = 0
        return cues.sorted { $0.start < $1.start }.map { sorted in
            var cue = sorted
            cue.start = max(cue.start, last)
            cue.end = max(cue.end, cue.start + 1)
            last = cue.end
            return cue
        }
    }

    /// Lines of whole words; a word longer than a line, as in a script without spaces, is broken.
    static func wrap(_ text: String) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ") {
            var rest = word
            if !line.isEmpty && line.count + 1 + rest.count > lineLength {
                lines.append(line)
                line = ""
            }
            while rest.count > lineLength {
                lines.append(String(rest.prefix(lineLength)))
                rest = rest.dropFirst(lineLength)
            }
            line += line.isEmpty ? String(rest) : " " + rest
        }
        if !line.isEmpty { lines.append(line) }
        return lines
    }

    /// Without what would end a cue or drive a terminal.
    private static func printable(_ text: String) -> String {
        let kept = text.unicodeScalars.map { scalar in
            scalar.properties.generalCategory == .control ? " " : String(scalar)
        }
        return oneLine(kept.joined())
    }

    private static func milliseconds(_ seconds: Double) -> Int {
        seconds.isFinite && seconds > 0 ? Int(min(seconds, 1e9) * 1_000 + 0.5) : 0
    }
}
