import Assistant
import Files
import FoundationEssentials
import Glibc
import SystemPackage
import TestSupport
import Testing

@testable import Speech

struct `Kept pieces` {
    let directory: TemporaryDirectory
    let kept: KeptPieces
    let piece = TranscriptionPiece(
        text: "uno \"dos\"\ntres", language: "es", segments: [TimedSegment(start: 0.25, end: 1, text: "uno")],
        requestID: "r", usage: Usage(inputTokens: 1, cachedInputTokens: 2, outputTokens: 3))

    init() throws {
        directory = try TemporaryDirectory()
        kept = KeptPieces(directory: directory.file("kept"))
    }

    @Test func `come back as they were`() throws {
        let name = try name(wantsSegments: true)
        #expect(kept.find(name) == nil)
        try kept.keep(piece, as: name)
        #expect(kept.find(name) == piece)
    }

    @Test func `with times serve a request without, and not the other way round`() throws {
        let (plain, timed) = (try name(wantsSegments: false), try name(wantsSegments: true))
        try kept.keep(piece, as: plain)
        #expect(kept.find(timed) == nil)
        try kept.keep(piece, as: timed)
        #expect(kept.find(plain) != nil && kept.find(timed) != nil)
    }

    @Test func `can be read by their owner only`() throws {
        try kept.keep(piece, as: try name(wantsSegments: true))
        for path in [kept.directory] + entries.map({ "\(kept.directory)/\($0)" }) {
            var status = stat()
            #expect(stat(path, &status) == 0)
            #expect(status.st_mode & 0o077 == 0)
        }
    }

    @Test func `are forgotten after thirty days, and what killed commands left after one`() throws {
        try kept.keep(piece, as: try name(wantsSegments: true))
        try directory.write("kept/new-1-2", "half")
        try directory.write("kept/work-1-2/piece-1.flac", "half")
        try directory.write("kept/yours", "not ours")
        let now = time(nil)
        kept.prune(now: now + 3_600)
        #expect(entries.count == 4)
        kept.prune(now: now + 2 * 24 * 3_600)
        #expect(entries.count == 2)
        kept.prune(now: now + 31 * 24 * 3_600)
        #expect(entries == ["yours"])
    }

    @Test func `say when there is no room`() throws {
        // A device that is always full.
        let error = #expect(throws: FileError.self) { try OpenFile("/dev/full", [.write]).write([1]) }
        #expect(error?.code == .noSpace)
        #expect(SpeechError.writing("a", FileError("write", "a", .noSpace)).kind == .diskFull)
        #expect(SpeechError.writing("a", FileError("write", "a", .permissionDenied)).kind == .storage)
    }

    private var entries: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: kept.directory)) ?? []).sorted()
    }

    private func name(wantsSegments: Bool) throws -> KeptPieces.Name {
        let path = try directory.write("a.wav", SoundBytes.wav(Signal.babble(0.2)))
        return try KeptPieces.Name(
            of: TranscriptionRequest(path: path, language: "es", wantsSegments: wantsSegments), model: "fake")
    }
}
