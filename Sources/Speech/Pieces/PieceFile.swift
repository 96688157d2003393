internal import CSndfile
internal import Glibc

/// One piece on its way to disk as FLAC or WAV, 16 bits, one channel.
///
/// libsndfile writes through our own descriptor so that the `errno` of a failed write and the bytes so far are known.
@safe final class PieceFile {
    enum Encoding: String, Sendable {
        case flac
        case wav

        var format: Int32 {
            switch self {
            case .flac: Int32(SF_FORMAT_FLAC | SF_FORMAT_PCM_16)
            case .wav: Int32(SF_FORMAT_WAV | SF_FORMAT_PCM_16)
            }
        }
    }

    let path: String
    private(set) var samples = 0
    private let sink: Sink
    private var handle: OpaquePointer?

    /// - Throws: `diskFull`, `storage` or `codec`.
    init(path: String, encoding: Encoding) throws(SpeechError) {
        self.path = path
        guard let file = FileDescriptor(opening: path, flags: O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW, mode: 0o600)
        else {
            throw .writing(path, errno: errno)
        }
        sink = Sink(file)
        var info = SF_INFO()
        info.samplerate = Int32(AudioFormat.sampleRate)
        info.channels = 1
        info.format = encoding.format
        var callbacks = Sink.callbacks
        // The sink is used by the handle only while we hold both: it may be passed unretained.
        unsafe handle = sf_open_virtual(
            &callbacks, Int32(SFM_WRITE), &info, Unmanaged.passUnretained(sink).toOpaque())
        if unsafe handle == nil { throw failure() }
    }

    deinit { if let handle = unsafe handle { unsafe sf_close(handle) } }

    /// Bytes of the file so far; an encoder may hold a little back.
    var bytes: Int { sink.length }

    func write(_ block: ArraySlice<Int16>) throws(SpeechError) {
        guard let handle = unsafe handle, !block.isEmpty else { return }
        let written = unsafe block.withUnsafeBufferPointer { block -> Int in
            guard let base = block.baseAddress else { return 0 }
            return Int(unsafe sf_write_short(handle, base, sf_count_t(block.count)))
        }
        guard written == block.count, sink.error == 0 else { throw failure() }
        samples += written
    }

    /// Completes header and last block. A write that failed only now is an error, too.
    func finish() throws(SpeechError) {
        guard let open = unsafe handle else { return }
        unsafe handle = nil
        let code = unsafe sf_close(open)
        guard code == 0, sink.error == 0 else { throw failure() }
    }

    private func failure() -> SpeechError {
        if sink.error != 0 { return .writing(path, errno: sink.error) }
        let words = unsafe sf_strerror(handle).map { unsafe String(cString: $0) } ?? "unknown error"
        return SpeechError(.codec, "A piece of the recording cannot be encoded: \(words).")
    }
}

/// The descriptor behind a piece, with the first error kept: nothing can be thrown through C.
private final class Sink {
    private let file: FileDescriptor
    private var position = 0
    private(set) var length = 0
    private(set) var error: Int32 = 0

    init(_ file: consuming FileDescriptor) { self.file = file }

    static var callbacks: SF_VIRTUAL_IO {
        unsafe SF_VIRTUAL_IO(
            get_filelen: { sf_count_t(unsafe Sink.of($0).length) },
            seek: { offset, whence, sink in unsafe Sink.of(sink).seek(Int(offset), whence) },
            read: { buffer, count, sink in unsafe Sink.of(sink).read(buffer, Int(count)) },
            write: { buffer, count, sink in unsafe Sink.of(sink).write(buffer, Int(count)) },
            tell: { sf_count_t(unsafe Sink.of($0).position) })
    }

    private static func of(_ context: UnsafeMutableRawPointer?) -> Sink {
        guard let context = unsafe context else { preconditionFailure("libsndfile lost its user data") }
        return unsafe Unmanaged<Sink>.fromOpaque(context).takeUnretainedValue()
    }

    private func seek(_ offset: Int, _ whence: Int32) -> sf_count_t {
        switch whence {
        case SEEK_CUR: position += offset
        case SEEK_END: position = length + offset
        default: position = offset
        }
        return sf_count_t(position)
    }

    private func read(_ buffer: UnsafeMutableRawPointer?, _ count: Int) -> sf_count_t {
        let got = unsafe pread(file.raw, buffer, count, position)
        if got > 0 { position += got }
        return sf_count_t(max(0, got))
    }

    private func write(_ buffer: UnsafeRawPointer?, _ count: Int) -> sf_count_t {
        var done = 0
        while done < count && error == 0 {
            let wrote = unsafe pwrite(file.raw, buffer.map { unsafe $0 + done }, count - done, position)
            if wrote < 0 {
                if errno != EINTR { error = errno }
                continue
            }
            done += wrote
            position += wrote
        }
        length = max(length, position)
        return sf_count_t(done)
    }
}
