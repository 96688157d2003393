/// How long a WAV or AU file says it is.
///
/// libsndfile quietly takes what is there when the header promises more, so the question whether a recording was cut
/// off has to be asked here. The other formats tell by decoding to fewer frames than they declare.
struct DeclaredSize {
    /// The header promises more than the file holds.
    private(set) var isBeyondEnd = false
    /// The file begins like sound and ends before its header does.
    private(set) var isHeaderCut = false
    /// Where a WAV file says that it has no data although some follows.
    private(set) var unknownLengthAt: Int?

    init(of descriptor: borrowing FileDescriptor, size: Int) {
        let head = descriptor.read(min(size, 64 * 1024), at: 0)
        switch head.prefix(4) {
        case [0x52, 0x49, 0x46, 0x46]: readRIFF(descriptor, head, size)
        case [0x2e, 0x73, 0x6e, 0x64]: readAU(head, size)
        // fLaC, OggS, FORM, caff: too short for anything that follows the mark.
        case [0x66, 0x4c, 0x61, 0x43], [0x4f, 0x67, 0x67, 0x53], [0x46, 0x4f, 0x52, 0x4d], [0x63, 0x61, 0x66, 0x66]:
            isHeaderCut = size < 44
        default: break
        }
    }

    private mutating func readRIFF(_ descriptor: borrowing FileDescriptor, _ head: [UInt8], _ size: Int) {
        guard size >= 12 else { return isHeaderCut = true }
        guard Array(head[8..<12]) == [0x57, 0x41, 0x56, 0x45] else { return }
        var offset = 12
        for _ in 0..<1_000 {
            guard offset + 8 <= size else { return isHeaderCut = true }
            let chunk = descriptor.read(8, at: offset)
            guard chunk.count == 8 else { return isHeaderCut = true }
            let length = littleEndian(chunk, at: 4)
            if Array(chunk[0..<4]) == [0x64, 0x61, 0x74, 0x61] {
                // A program that wrote to a pipe did not know the length and left one of these.
                let unknown = length == 0 || length >= 0x7fff_f000
                isBeyondEnd = !unknown && offset + 8 + length > size
                if length == 0 && offset + 8 < size { unknownLengthAt = offset + 4 }
                return
            }
            offset += 8 + length + length % 2
        }
    }

    private mutating func readAU(_ head: [UInt8], _ size: Int) {
        guard size >= 24 else { return isHeaderCut = true }
        let start = bigEndian(head, at: 4)
        let length = bigEndian(head, at: 8)
        isBeyondEnd = length != 0xffff_ffff && start + length > size
    }
}

private func littleEndian(_ bytes: [UInt8], at offset: Int) -> Int {
    (0..<4).reduce(0) { $0 | Int(bytes[offset + $1]) << (8 * $1) }
}

private func bigEndian(_ bytes: [UInt8], at offset: Int) -> Int {
    (0..<4).reduce(0) { $0 << 8 | Int(bytes[offset + $1]) }
}
