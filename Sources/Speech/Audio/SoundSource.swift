internal import CSndfile
internal import Glibc

/// The bytes of a recording as libsndfile reads them, with the first error kept: nothing can be thrown through C.
///
/// A WAV file whose writer died before it knew the length says 0, which libsndfile takes at its word. Those four bytes
/// are read as "unknown" here, and the recording is saved.
final class SoundSource {
    /// What the system said when a read failed; 0 while none has.
    private(set) var error: Int32 = 0
    let size: Int
    private let file: FileDescriptor
    private let unknownLengthAt: Int?
    private var position = 0

    init(_ file: consuming FileDescriptor, size: Int, unknownLengthAt: Int?) {
        self.file = file
        self.size = size
        self.unknownLengthAt = unknownLengthAt
    }

    static var callbacks: SF_VIRTUAL_IO {
        unsafe SF_VIRTUAL_IO(
            get_filelen: { sf_count_t(unsafe SoundSource.of($0).size) },
            seek: { offset, whence, source in unsafe SoundSource.of(source).seek(Int(offset), whence) },
            read: { buffer, count, source in unsafe SoundSource.of(source).read(buffer, Int(count)) },
            write: { _, _, _ in 0 },
            tell: { sf_count_t(unsafe SoundSource.of($0).position) })
    }

    private static func of(_ context: UnsafeMutableRawPointer?) -> SoundSource {
        guard let context = unsafe context else { preconditionFailure("libsndfile lost its user data") }
        return unsafe Unmanaged<SoundSource>.fromOpaque(context).takeUnretainedValue()
    }

    private func seek(_ offset: Int, _ whence: Int32) -> sf_count_t {
        let base =
            switch whence {
            case SEEK_CUR: position
            case SEEK_END: size
            default: 0
            }
        // A hostile header may ask for any place.
        let (place, isTooFar) = base.addingReportingOverflow(offset)
        guard !isTooFar, place >= 0 else { return -1 }
        position = place
        return sf_count_t(position)
    }

    private func read(_ buffer: UnsafeMutableRawPointer?, _ count: Int) -> sf_count_t {
        guard let buffer = unsafe buffer, count > 0 else { return 0 }
        var done = 0
        while done < count {
            let got = unsafe pread(file.raw, buffer + done, count - done, position + done)
            if got < 0 && errno == EINTR { continue }
            if got < 0 && error == 0 { error = errno }
            if got <= 0 { break }
            done += got
        }
        if let field = unknownLengthAt {
            for place in max(field, position)..<max(field, position, min(field + 4, position + done)) {
                unsafe buffer.storeBytes(of: 0xff, toByteOffset: place - position, as: UInt8.self)
            }
        }
        position += done
        return sf_count_t(done)
    }
}
