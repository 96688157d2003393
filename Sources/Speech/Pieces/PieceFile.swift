internal import CSndfile
internal import Files
internal import Glibc

/// One piece on its way to disk as FLAC or WAV, 16 bits, one channel.
///
/// libsndfile writes through our own descriptor so that the reason of a failed write and the bytes so far are known.
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
        do {
            sink = Sink(try OpenFile(path, [.readWrite, .createNew, .noFollow]))
        } catch {
            throw .writing(path, error)
        }
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
        guard written == block.count, sink.error == nil else { throw failure() }
        samples += written
    }

    /// Completes header and last block. A write that failed only now is an error, too.
    func finish() throws(SpeechError) {
        guard let open = unsafe handle else { return }
        unsafe handle = nil
        let code = unsafe sf_close(open)
        guard code == 0, sink.error == nil else { throw failure() }
    }

    private func failure() -> SpeechError {
        if let error = sink.error { return .writing(path, error) }
        let words = unsafe sf_strerror(handle).map { unsafe String(cString: $0) } ?? "unknown error"
        return SpeechError(.codec, "A piece of the recording cannot be encoded: \(words).")
    }
}

/// The descriptor behind a piece, with the first error kept: nothing can be thrown through C.
private final class Sink {
    private let file: OpenFile
    private var position = 0
    private(set) var length = 0
    private(set) var error: FileError?

    init(_ file: OpenFile) { self.file = file }

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
        let room = unsafe UnsafeMutableRawBufferPointer(start: buffer, count: count)
        let got = unsafe (try? file.read(into: room, at: position)) ?? 0
        position += got
        return sf_count_t(got)
    }

    private func write(_ buffer: UnsafeRawPointer?, _ count: Int) -> sf_count_t {
        guard error == nil else { return 0 }
        do throws(FileError) {
            try unsafe file.write(UnsafeRawBufferPointer(start: buffer, count: count), at: position)
        } catch {
            self.error = error
            return 0
        }
        position += count
        length = max(length, position)
        return sf_count_t(count)
    }
}
