internal import Files

/// How long a recording says it is, asked of its container.
///
/// libsndfile quietly takes what is there when the header promises more, or refuses the whole, so the question whether
/// a recording was cut off has to be asked here. FLAC and MP3 tell by decoding to fewer frames than they declare.
struct DeclaredSize {
    /// The file promises more than it holds.
    private(set) var isBeyondEnd = false
    /// The file begins like sound and ends before its header does.
    private(set) var isHeaderCut = false
    /// Where a WAV file says that it has no data although some follows.
    private(set) var unknownLengthAt: Int?

    init(of descriptor: OpenFile, size: Int) {
        let head = descriptor.peek(min(size, 64), at: 0)
        switch String(decoding: head.prefix(4), as: UTF8.self) {
        case "RIFF": walk(.riff, descriptor, size)
        case "RF64": readRF64(head, size)
        case "FORM": walk(.aiff, descriptor, size)
        case "caff": walk(.caf, descriptor, size)
        case "riff": readWave64(head, size)
        case ".snd": readAU(head, size)
        case "OggS": readOgg(descriptor, size)
        // Shorter than the block that every FLAC file begins with.
        case "fLaC": isHeaderCut = size < 100
        default: break
        }
    }

    /// Goes from chunk to chunk until the sound.
    private mutating func walk(_ layout: ChunkLayout, _ descriptor: OpenFile, _ size: Int) {
        var offset = layout.firstChunk
        for _ in 0..<1_000 {
            let header = descriptor.peek(4 + layout.sizeWidth, at: offset)
            guard header.count == 4 + layout.sizeWidth else { return isHeaderCut = true }
            let field = header[4...]
            let length = Int(layout.isBigEndian ? bigEndian(field) : littleEndian(field))
            if header[..<4].elementsEqual(layout.sound.utf8) {
                // A program that wrote to a pipe did not know the length and left one of these.
                let isUnknown = length <= 0 || layout.sizeWidth == 4 && length >= 0x7fff_f000
                isBeyondEnd = !isUnknown && length > size - offset - header.count
                if length == 0 && layout == .riff && offset + 8 < size { unknownLengthAt = offset + 4 }
                return
            }
            guard length >= 0, length <= size else { return isHeaderCut = true }
            offset += header.count + length + (layout.isPadded ? length % 2 : 0)
        }
    }

    private mutating func readRF64(_ head: [UInt8], _ size: Int) {
        guard head.count >= 36, head[12..<16].elementsEqual("ds64".utf8) else { return isHeaderCut = size < 36 }
        let whole = littleEndian(head[20..<28])
        isBeyondEnd = whole > 0 && whole - 8 > Int64(size)
    }

    private mutating func readWave64(_ head: [UInt8], _ size: Int) {
        guard head.count >= 40 else { return isHeaderCut = true }
        isBeyondEnd = littleEndian(head[16..<24]) > Int64(size)
    }

    private mutating func readAU(_ head: [UInt8], _ size: Int) {
        guard head.count >= 24 else { return isHeaderCut = true }
        let length = bigEndian(head[8..<12])
        isBeyondEnd = length != 0xffff_ffff && bigEndian(head[4..<8]) + length > Int64(size)
    }

    /// A whole Ogg file ends with a page that is marked as the last one.
    private mutating func readOgg(_ descriptor: OpenFile, _ size: Int) {
        // No page is longer than this.
        let tail = descriptor.peek(min(size, 65_307), at: max(0, size - 65_307))
        let starts = tail.indices.dropLast(27).reversed()
        guard let last = starts.first(where: { tail[$0..<$0 + 4].elementsEqual("OggS".utf8) }) else {
            return isBeyondEnd = true
        }
        let segments = Int(tail[last + 26])
        let table = tail[(last + 27)...].prefix(segments)
        let end = last + 27 + segments + table.reduce(0) { $0 + Int($1) }
        isBeyondEnd = tail[last + 5] & 4 == 0 || table.count < segments || end > tail.count
        isHeaderCut = size < 200
    }
}

/// How a family of sound files strings its chunks together.
private struct ChunkLayout: Equatable {
    let firstChunk: Int
    /// The name of the chunk that holds the sound.
    let sound: String
    /// Bytes of a chunk's length.
    let sizeWidth: Int
    let isBigEndian: Bool
    /// Chunks begin at even places.
    let isPadded: Bool

    static let riff = ChunkLayout(firstChunk: 12, sound: "data", sizeWidth: 4, isBigEndian: false, isPadded: true)
    static let aiff = ChunkLayout(firstChunk: 12, sound: "SSND", sizeWidth: 4, isBigEndian: true, isPadded: true)
    static let caf = ChunkLayout(firstChunk: 8, sound: "data", sizeWidth: 8, isBigEndian: true, isPadded: false)
}

private func littleEndian(_ bytes: ArraySlice<UInt8>) -> Int64 {
    Int64(bitPattern: bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) })
}

private func bigEndian(_ bytes: ArraySlice<UInt8>) -> Int64 {
    Int64(bitPattern: bytes.reduce(0) { $0 << 8 | UInt64($1) })
}
