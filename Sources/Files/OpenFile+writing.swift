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

    package func write(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
        let code = unsafe writeAll(bytes)
        guard code == 0 else { throw FileError("write", path, Errno(rawValue: code)) }
    }

    /// 0, or why not all could be written.
    private func writeAll(_ bytes: UnsafeRawBufferPointer) -> Int32 {
        var written = 0
        while written < bytes.count {
            let count = unsafe Glibc.write(number, bytes.baseAddress.map { unsafe $0 + written }, bytes.count - written)
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
