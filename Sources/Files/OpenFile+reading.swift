internal import Glibc

extension OpenFile {
    /// The next bytes, at most as many as the block holds; 0 at the end.
    package func read(into block: inout [UInt8]) throws(FileError) -> Int {
        var failure: FileError?
        let count = unsafe block.withUnsafeMutableBytes { buffer in
            do throws(FileError) {
                return try unsafe read(into: buffer)
            } catch {
                failure = error
                return 0
            }
        }
        if let failure { throw failure }
        return count
    }

    /// The next bytes, at most as many as there is room for; with an offset from there, and what comes next stays so.
    package func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int? = nil) throws(FileError) -> Int {
        while true {
            let count =
                if let offset {
                    unsafe pread(number, buffer.baseAddress, buffer.count, offset)
                } else {
                    unsafe Glibc.read(number, buffer.baseAddress, buffer.count)
                }
            if count >= 0 { return count }
            if errno != EINTR { throw FileError("read", path) }
        }
    }

    /// Up to `count` bytes from an offset; fewer at the end of the file.
    package func read(_ count: Int, at offset: Int) throws(FileError) -> [UInt8] {
        var failure: FileError?
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                do throws(FileError) {
                    let room = UnsafeMutableRawBufferPointer(buffer)
                    let got = try unsafe read(
                        into: UnsafeMutableRawBufferPointer(rebasing: room[filled...]), at: offset + filled)
                    if got == 0 { return }
                    filled += got
                } catch {
                    failure = error
                    return
                }
            }
        }
        if let failure { throw failure }
        return bytes
    }

    /// Reads to the end, or one byte more than `limit`: then there is more than that. `size`: what there seems to be.
    package func read(atMost limit: Int, expecting size: Int = 64 << 10) throws(FileError) -> [UInt8] {
        let most = limit == .max ? limit : limit + 1
        var capacity = min(max(size, 0), most - 1) + 1
        var bytes: [UInt8] = []
        repeat {
            var failure: FileError?
            let block = unsafe [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
                do throws(FileError) {
                    let room = unsafe UnsafeMutableRawBufferPointer(start: buffer.baseAddress, count: capacity)
                    count = try unsafe read(into: room)
                } catch {
                    failure = error
                    count = 0
                }
            }
            if let failure { throw failure }
            if block.isEmpty { break }
            if bytes.isEmpty { bytes = block } else { bytes += block }
            capacity = min(64 << 10, most - bytes.count)
        } while capacity > 0
        return bytes
    }
}
