import Files
import TestSupport
import Testing

@testable import Speech

struct `The frames of an MP3 file` {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    @Test(
        arguments: [
            // MPEG 1, 128 kbit/s, 44.1 kHz; with padding; MPEG 2, 64 kbit/s, 16 kHz, mono; MPEG 2.5, 8 kbit/s, 8 kHz.
            ([0xff, 0xfb, 0x90, 0x00], 417), ([0xff, 0xfb, 0x92, 0x00], 418), ([0xff, 0xf3, 0x88, 0xc0], 288),
            ([0xff, 0xe3, 0x18, 0xc0], 72),
        ] as [([UInt8], Int)])
    func `are as long as their header says`(header: [UInt8], length: Int) {
        #expect(MPEGFrames.frameLength(header) == length)
    }

    @Test(
        arguments: [
            [0xff, 0xfb, 0xf0, 0x00], [0xff, 0xfb, 0x00, 0x00], [0xff, 0xfb, 0x9c, 0x00], [0xff, 0xeb, 0x90, 0x00],
            [0xff, 0xfd, 0x90, 0x00], [0x00, 0xfb, 0x90, 0x00], [0xff, 0xfb], [],
        ] as [[UInt8]])
    func `do not begin with`(header: [UInt8]) {
        #expect(MPEGFrames.frameLength(header) == nil)
    }

    @Test func `are found between a tag and junk`() throws {
        let tag = Array("ID3".utf8) + [4, 0, 0, 0, 0, 1, 0] + [UInt8](repeating: 7, count: 128)
        let frames = try #require(try read(tag + sound(10) + [UInt8](repeating: 0, count: 999)))
        #expect(frames.sound == 138..<138 + 10 * 417)
        #expect(!frames.isCutShort)
        #expect(frames.table.count == 417)
        #expect(Array(frames.table[36..<48]) == Array("Xing".utf8) + [0, 0, 0, 1, 0, 0, 0, 10])
    }

    @Test func `end before one that is not all there`() throws {
        let frames = try #require(try read(Array(sound(10).dropLast(5))))
        #expect(frames.sound == 0..<9 * 417)
        #expect(frames.isCutShort)
    }

    @Test func `are fewer than their table counts when the file is cut off`() throws {
        var table = sound(1)
        table.replaceSubrange(36..<48, with: Array("Xing".utf8) + [0, 0, 0, 1, 0, 0, 0, 100])
        let frames = try #require(try read(table + sound(10)))
        #expect(frames.sound == 417..<11 * 417)
        #expect(frames.isCutShort)
    }

    @Test func `are not there in anything else`() throws {
        #expect(try read(sound(1)) == nil)
        #expect(try read([0xff, 0xfb, 0x90, 0x00] + [UInt8](repeating: 1, count: 5_000)) == nil)
    }

    @Test func `decode to their true length`() async throws {
        // 230 frames of 1,152 samples at 44.1 kHz: six seconds of silence.
        let path = try directory.write("a.mp3", sound(230))
        let reader = try SoundReader(opening: path)
        var samples = 0
        var block = [Float](repeating: 0, count: 8_192)
        while true {
            let frames = try block.withUnsafeMutableBufferPointer { try reader.read(into: $0) }
            if frames == 0 { break }
            samples += frames
        }
        #expect(abs(samples - 230 * 1_152) <= 1_152)
        let isTruncated = reader.isTruncated(afterFrames: samples)
        #expect(!isTruncated)
    }

    /// Frames of 128 kbit/s that hold no sound.
    private func sound(_ count: Int) -> [UInt8] {
        (0..<count).flatMap { _ in [0xff, 0xfb, 0x90, 0x00] + [UInt8](repeating: 0, count: 413) }
    }

    private func read(_ bytes: [UInt8]) throws -> MPEGFrames? {
        let path = try directory.write("frames.mp3", bytes)
        let descriptor = try OpenFile(path)
        return MPEGFrames(of: descriptor, size: bytes.count)
    }
}
