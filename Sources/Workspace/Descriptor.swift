internal import Glibc

/// An open file descriptor with one owner.
struct Descriptor: ~Copyable {
    let number: Int32

    init(owning number: Int32) { self.number = number }

    deinit { close(number) }

    /// Gives the number away; whoever gets it closes it.
    consuming func release() -> Int32 {
        let number = number
        discard self
        return number
    }

    func status() throws(SystemFailure) -> stat {
        var status = stat()
        guard unsafe fstat(number, &status) == 0 else { throw SystemFailure(errno) }
        return status
    }

    /// What was written is on disk when this returns.
    func synchronize() throws(SystemFailure) {
        guard fsync(number) == 0 else { throw SystemFailure(errno) }
    }

    /// Reads to the end, or one byte more than `limit`.
    func read(atMost limit: Int, expecting size: Int) throws(SystemFailure) -> [UInt8] {
        var failure: Int32 = 0
        var capacity = min(max(size, 0), limit) + 1
        var bytes: [UInt8] = []
        repeat {
            let start = bytes.count
            let block = unsafe [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
                var length: Int
                repeat {
                    length = unsafe Glibc.read(number, buffer.baseAddress, capacity)
                } while length < 0 && errno == EINTR
                if length < 0 { failure = errno }
                count = max(length, 0)
            }
            guard failure == 0 else { throw SystemFailure(failure) }
            if start == 0 { bytes = block } else { bytes += block }
            if block.isEmpty { return bytes }
            capacity = min(64 << 10, limit + 1 - bytes.count)
        } while capacity > 0
        return bytes
    }

    func write(_ bytes: [UInt8]) throws(SystemFailure) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = unsafe rest.withUnsafeBytes { unsafe Glibc.write(number, $0.baseAddress, $0.count) }
            if written < 0 {
                if errno == EINTR { continue }
                throw SystemFailure(errno)
            }
            rest = rest.dropFirst(written)
        }
    }
}

/// The `errno` of a call that failed.
struct SystemFailure: Error, Hashable {
    let code: Int32

    init(_ code: Int32) { self.code = code }
}

extension stat {
    var isFile: Bool { st_mode & S_IFMT == S_IFREG }
    var isDirectory: Bool { st_mode & S_IFMT == S_IFDIR }
    var isLink: Bool { st_mode & S_IFMT == S_IFLNK }
    /// Permissions without set-user-id, set-group-id and sticky.
    var permissions: mode_t { st_mode & 0o777 }
}
