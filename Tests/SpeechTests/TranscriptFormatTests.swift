import Assistant
import JSON
import Testing

@testable import Speech

struct `A transcript` {
    @Test func `as text is its words and a line end`() {
        #expect(TranscriptFormat.text.render(transcript("one two")) == "one two\n")
    }

    @Test func `as JSON is one documented object`() throws {
        let json = try JSON(parsing: TranscriptFormat.json.render(transcript("one", [(0, 1.0004, "one")])))
        let object = try #require(json.object)
        #expect(
            object.keys.sorted() == [
                "duration", "language", "model", "notices", "pieces", "request_ids", "segments", "text", "usage",
            ])
        #expect(json["segments"] == [["start": 0.0, "end": 1.0, "text": "one"]])
        #expect(json["usage"] == ["input_tokens": 2, "output_tokens": 3])
        #expect(json["language"] == nil || json["language"]?.isNull == true)
    }

    @Test func `as SRT has numbered cues with commas in their times`() {
        let rendered = TranscriptFormat.srt.render(transcript("", [(0.5, 1.25, "one"), (1.25, 3_661.001, "two")]))
        #expect(
            rendered == """
                1
                00:00:00,500 --> 00:00:01,250
                one

                2
                00:00:01,250 --> 01:01:01,001
                two

                """)
    }

    @Test func `as VTT has a head and points in its times`() {
        let rendered = TranscriptFormat.vtt.render(transcript("", [(0.5, 1.25, "one"), (2, 3, "two")]))
        #expect(
            rendered == """
                WEBVTT

                00:00:00.500 --> 00:00:01.250
                one

                00:00:02.000 --> 00:00:03.000
                two

                """)
    }

    @Test func `without times has one cue for each piece`() {
        #expect(TranscriptFormat.srt.render(transcript("one two")) == "1\n00:00:00,000 --> 00:00:10,000\none two\n")
    }

    @Test func `without words has no cues`() {
        #expect(TranscriptFormat.srt.render(transcript("")) == "")
        #expect(TranscriptFormat.vtt.render(transcript("")) == "WEBVTT\n")
    }

    @Test func `of more than a hundred hours keeps its times`() {
        let rendered = TranscriptFormat.srt.render(transcript("", [(360_000, 360_001.5, "late")]))
        #expect(rendered.contains("100:00:00,000 --> 100:00:01,500"))
    }

    @Test func `cannot break out of its cue`() {
        let text = "a --> b\n\n2\n00:00 <i>&\u{1b}[31m"
        #expect(TranscriptFormat.srt.render(transcript("", [(0, 1, text)])).split(separator: "\n").count == 3)
        let vtt = TranscriptFormat.vtt.render(transcript("", [(0, 1, text)]))
        #expect(vtt.contains("a --&gt; b 2 00:00 &lt;i&gt;&amp; [31m\n"))
    }

    @Test(arguments: [
        [(0.0, 0.0)], [(1.0, 0.5)], [(-5.0, -1.0)], [(0.0004, 0.0005), (0.0005, 0.0006)], [(0.0, 5.0), (2.0, 3.0)],
        [(5.0, 6.0), (1.0, 2.0)], [(Double.nan, Double.infinity)], [(1e300, 1e301)], [(1.9996, 2.0), (2.0, 2.0004)],
    ])
    func `has cues in order that never overlap and never take no time`(times: [(Double, Double)]) {
        let long = String(repeating: "many words ", count: 30)
        let cues = Cue.cues(of: transcript("", times.map { ($0.0, $0.1, long) }))
        #expect(cues.count >= times.count)
        var last = 0
        for cue in cues {
            #expect(cue.start >= last && cue.end > cue.start)
            last = cue.end
        }
    }

    @Test(arguments: [
        "a short one", String(repeating: "word ", count: 100), String(repeating: "x", count: 500),
        "one " + String(repeating: "語", count: 100) + " two",
    ])
    func `has cues of two short lines that lose no letter`(text: String) {
        let cues = Cue.cues(of: transcript("", [(0, 60, text)]))
        #expect(cues.allSatisfy { $0.lines.count <= 2 && $0.lines.allSatisfy { $0.count <= 42 && !$0.isEmpty } })
        #expect(cues.flatMap(\.lines).joined().filter { $0 != " " } == text.filter { $0 != " " })
    }

    private func transcript(_ text: String, _ segments: [(Double, Double, String)] = []) -> Transcript {
        let piece = PreparedRecording.Piece(path: "a", start: 0, end: 10, hasSpeech: true)
        let answer = PieceAnswer(
            piece: TranscriptionPiece(text: text, requestID: "r", usage: Usage(inputTokens: 2, outputTokens: 3)),
            wasKept: false)
        var transcript = Transcript(
            joining: [(piece, answer)], duration: 10, language: nil, model: "fake", notices: [])
        transcript.segments = segments.map { TimedSegment(start: $0.0, end: $0.1, text: $0.2) }
        return transcript
    }
}
