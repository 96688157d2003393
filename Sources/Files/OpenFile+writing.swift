internal import Glibc
internal import SystemPackage

extension OpenFile {
    package func write(_ bytes: [UInt8]) throws(FileError) {
        let code = unsafe bytes.withUnsafeBytes { unsafe writeAll($0) }
        guard code == 0 else { throw FileError("write", path, Errno(rawValue: code)) }
    }

    package func write(_ text: String) throws(FileError) {
        var text = text
        let code = text.withUTF8 { unsafe writeAll(UnsafeRawBufferPointer($0)) }
        guard code == 0 else { throw FileError("write", path, Errno(rawValue: code)) }
    }

    /// With an offset there, and what is written next goes where it would have gone.
    package func write(_ bytes: UnsafeRawBufferPointer, at offset: Int? = nil) throws(FileError) {
        let code = unsafe writeAll(bytes, at: offset)
        guard code == 0 else { throw FileError("write", path, Errno(rawValue: code)) }
    }

    /// Leaves nothing in it.
    package func empty() throws(FileError) {
        guard ftruncate(number, 0) == 0 else { throw FileError("empty", path, Errno(rawValue: errno)) }
    }

    /// 0, or why not all could be written.
    private func writeAll(_ bytes: UnsafeRawBufferPointer, at offset: Int? = nil) -> Int32 {
        var written = 0
        while written < bytes.count {
            let rest = unsafe bytes.baseAddress.map { unsafe $0 + written }
            let count =
                if let offset {
                    unsafe pwrite(number, rest, bytes.count - written, offset + written)
                } else {
                    unsafe Glibc.write(number, rest, bytes.count - written)
                }
            if count > 0 {
                written += count
            } else if count == 0 {
                return EIO
            } else if errno == EAGAIN {
                // Whoever shares a stream made it non-blocking: the rest waits for room.
                var slot = pollfd(fd: number, events: Int16(POLLOUT), revents: 0)
                _ = unsafe poll(&slot, 1, -1)
            } else if errno != EINTR {
                return errno
            }
        }
        return 0
    }
}
