internal import Files

/// Where the frames of an MP3 file begin and end, found by walking from header to header.
///
/// The decoder behind libsndfile guesses the length where no table of contents tells it, stops reading there, and writes
/// what it dislikes to stderr: junk around the frames, or a table that speaks of another length. So it is shown nothing
/// but a table that is right and the frames.
struct MPEGFrames: Equatable {
    /// Bytes of the file that hold whole frames of sound.
    let sound: Range<Int>
    /// A frame without sound that tells how many follow.
    let table: [UInt8]
    /// The last frame is not all there, or the table of contents counts more frames.
    let isCutShort: Bool

    /// Nil when the file does not hold two frames in a row.
    init?(of descriptor: OpenFile, size: Int) {
        var window = Window(size: size)
        guard let first = Self.firstFrame(descriptor, &window) else { return nil }
        var start = first.offset
        var declared = 0
        if let count = Self.framesInTable(window.bytes(descriptor, first.offset, min(first.length, 200))) {
            declared = count
            start += first.length
        }
        var offset = start
        var count = 0
        var isPartial = false
        while let length = Self.frameLength(window.bytes(descriptor, offset, 4)) {
            if offset + length > size {
                isPartial = true
                break
            }
            offset += length
            count += 1
        }
        guard count > 0 else { return nil }
        sound = start..<offset
        table = Self.table(like: window.bytes(descriptor, start, 4), counting: count)
        isCutShort = isPartial || count + 1 < declared
    }

    /// The first header that is followed by another one, behind any tag.
    private static func firstFrame(
        _ descriptor: OpenFile, _ window: inout Window
    ) -> (offset: Int, length: Int)? {
        var offset = 0
        let head = window.bytes(descriptor, 0, 10)
        if head.count == 10, head.starts(with: "ID3".utf8) {
            // Seven bits in each of four bytes.
            offset = 10 + head[6...].reduce(0) { $0 << 7 | Int($1 & 0x7f) }
        }
        for candidate in offset..<(offset + 64 * 1024) {
            let header = window.bytes(descriptor, candidate, 4)
            if header.count < 4 { return nil }
            guard let length = frameLength(header) else { continue }
            if frameLength(window.bytes(descriptor, candidate + length, 4)) != nil { return (candidate, length) }
        }
        return nil
    }

    /// How many frames a table of contents (Xing, LAME) speaks of; nil when this frame is sound.
    private static func framesInTable(_ frame: [UInt8]) -> Int? {
        // It stands behind the side information, whose length depends on version and channels.
        for place in [13, 21, 36] where frame.count >= place + 12 {
            let name = frame[place..<place + 4]
            guard name.elementsEqual("Xing".utf8) || name.elementsEqual("Info".utf8) else { continue }
            guard frame[place + 7] & 1 != 0 else { return 0 }
            return frame[place + 8..<place + 12].reduce(0) { $0 << 8 | Int($1) }
        }
        return nil
    }

    /// A table of contents (Xing) for so many frames like this one.
    private static func table(like header: [UInt8], counting count: Int) -> [UInt8] {
        // The same kind of sound without a checksum, at a bit rate whose frames hold the table.
        let first = [0xff, header[1] | 1, 0x90 | header[2] & 0x0c, header[3]]
        var frame = first + [UInt8](repeating: 0, count: max(0, (frameLength(first) ?? 0) - 4))
        let isMono = header[3] >> 6 == 3
        let isFirst = header[1] >> 3 & 3 == 3
        let place = isFirst ? (isMono ? 21 : 36) : (isMono ? 13 : 21)
        guard frame.count >= place + 12 else { return [] }
        let entry =
            Array("Xing".utf8) + [0, 0, 0, 1] + (0..<4).map { UInt8(truncatingIfNeeded: count >> (24 - 8 * $0)) }
        frame.replaceSubrange(place..<place + entry.count, with: entry)
        return frame
    }

    /// Bytes in the frame of layer III that begins with this header; nil when it is none.
    static func frameLength(_ header: [UInt8]) -> Int? {
        guard header.count == 4, header[0] == 0xff, header[1] & 0xe6 == 0xe2 else { return nil }
        let version = Int(header[1] >> 3 & 3)
        let bitRate = Int(header[2] >> 4)
        let rate = Int(header[2] >> 2 & 3)
        guard version != 1, bitRate != 0, bitRate != 15, rate != 3 else { return nil }
        let isFirst = version == 3
        let kilobits = (isFirst ? firstVersionRates : laterVersionRates)[bitRate]
        let hertz = [44_100, 48_000, 32_000][rate] >> (isFirst ? 0 : version == 2 ? 1 : 2)
        return (isFirst ? 144_000 : 72_000) * kilobits / hertz + Int(header[2] >> 1 & 1)
    }

    private static let firstVersionRates = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320]
    private static let laterVersionRates = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160]
}

/// A stretch of a file in memory, moved along as it is read.
private struct Window {
    let size: Int
    private var start = 0
    private var held: [UInt8] = []

    init(size: Int) { self.size = size }

    /// The bytes there; fewer at the end of the file.
    mutating func bytes(_ descriptor: OpenFile, _ offset: Int, _ count: Int) -> [UInt8] {
        guard offset >= 0, offset < size else { return [] }
        if offset < start || offset + count > start + held.count {
            start = offset
            held = descriptor.peek(min(256 * 1024, size - offset), at: offset)
        }
        return Array(held[(offset - start)...].prefix(count))
    }
}
