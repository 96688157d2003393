/// Cuts one channel of 16-bit sound into piece files while it comes in.
///
/// At most half a minute is held back in memory: the stretch in which the next cut may fall.
struct PieceWriter {
    struct Written: Sendable, Hashable {
        let path: String
        /// In samples at ``AudioFormat/sampleRate``, from the start of the recording.
        let samples: Range<Int>
    }

    private let directory: String
    private let encoding: PieceFile.Encoding
    private let limits: PieceLimits
    private var file: PieceFile?
    private var start = 0
    private var pending: [Int16] = []
    private(set) var pieces: [Written] = []

    init(directory: String, encoding: PieceFile.Encoding, limits: PieceLimits) {
        self.directory = directory
        self.encoding = encoding
        self.limits = limits
    }

    /// Takes samples; `decibels` are the ``FrameEnergies`` of everything so far, these samples included.
    mutating func append(
        _ samples: UnsafeMutableBufferPointer<Float>, decibels: [Float]
    ) throws(SpeechError) {
        pending.reserveCapacity(pending.count + samples.count)
        for index in samples.indices {
            let scaled = unsafe (samples[index] * 32_768).rounded()
            pending.append(Int16(max(-32_768, min(32_767, scaled))))
        }
        while true {
            let file = try current()
            let end = limits.end(written: file.samples, bytes: file.bytes)
            let free = end - limits.searchLength - file.samples
            if free > 0 && !pending.isEmpty {
                try flush(min(free, pending.count), to: file)
            } else if file.samples + pending.count > end + AudioFormat.sampleRate {
                try cut(file, end: end, decibels: decibels)
            } else {
                return
            }
        }
    }

    /// Completes the last piece.
    mutating func finish() throws(SpeechError) -> [Written] {
        if !pending.isEmpty {
            let file = try current()
            try flush(pending.count, to: file)
        }
        if let file { try close(file) }
        return pieces
    }

    private mutating func cut(_ file: PieceFile, end: Int, decibels: [Float]) throws(SpeechError) {
        let frame = FrameEnergies.frameLength
        let from = (start + file.samples) / frame + 1
        // A second or more stays for the next piece, which must not be too short to be taken.
        let upTo = max(from, min((start + end) / frame, decibels.count))
        let quiet = QuietPoint.find(in: decibels[min(from, decibels.count)..<min(upTo, decibels.count)])
        let count = max(1, min(quiet * frame - start - file.samples, end - file.samples))
        try flush(count, to: file)
        try close(file)
    }

    private mutating func flush(_ count: Int, to file: PieceFile) throws(SpeechError) {
        try file.write(pending[..<count])
        pending.removeFirst(count)
    }

    private mutating func current() throws(SpeechError) -> PieceFile {
        if let file { return file }
        try KeptPieces.makeDirectory(directory)
        let opened = try PieceFile(
            path: "\(directory)/piece-\(pieces.count + 1).\(encoding.rawValue)", encoding: encoding)
        file = opened
        return opened
    }

    private mutating func close(_ file: PieceFile) throws(SpeechError) {
        try file.finish()
        pieces.append(Written(path: file.path, samples: start..<start + file.samples))
        start += file.samples
        self.file = nil
    }
}
