internal import CSndfile
internal import Files
internal import Glibc

/// The bytes of a recording as libsndfile reads them, with the first error kept: nothing can be thrown through C.
///
/// A WAV file whose writer died before it knew the length says 0, which libsndfile takes at its word. Those four bytes
/// are read as "unknown" here, and the recording is saved.
final class SoundSource {
    /// What the system said when a read failed; nil while none has.
    private(set) var error: FileError?
    private let file: OpenFile
    /// The bytes of the file that are shown.
    private let shown: Range<Int>
    /// What is shown before them.
    private let preface: [UInt8]
    private let unknownLengthAt: Int?
    private var position = 0

    init(_ file: OpenFile, shown: Range<Int>, preface: [UInt8], unknownLengthAt: Int?) {
        self.file = file
        self.shown = shown
        self.preface = preface
        self.unknownLengthAt = unknownLengthAt
    }

    private var length: Int { preface.count + shown.count }

    static var callbacks: SF_VIRTUAL_IO {
        unsafe SF_VIRTUAL_IO(
            get_filelen: { sf_count_t(unsafe SoundSource.of($0).length) },
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
            case SEEK_END: length
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
        let wanted = min(count, max(0, length - position))
        var done = 0
        while done < wanted && position + done < preface.count {
            unsafe buffer.storeBytes(of: preface[position + done], toByteOffset: done, as: UInt8.self)
            done += 1
        }
        while done < wanted {
            let place = shown.lowerBound + position + done - preface.count
            do throws(FileError) {
                let room = unsafe UnsafeMutableRawBufferPointer(start: buffer + done, count: wanted - done)
                let got = try unsafe file.read(into: room, at: place)
                if got == 0 { break }
                done += got
            } catch {
                if self.error == nil { self.error = error }
                break
            }
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
