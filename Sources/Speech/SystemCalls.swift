internal import Glibc

/// The system's words for an `errno`, with a small first letter as the middle of a sentence wants it.
func systemMessage(_ code: Int32) -> String {
    var buffer = [CChar](repeating: 0, count: 256)
    let text = unsafe buffer.withUnsafeMutableBufferPointer { buffer -> String in
        guard let base = buffer.baseAddress, unsafe strerror_r(code, base, buffer.count) == 0 else { return "" }
        return unsafe String(cString: base)
    }
    guard let first = text.first else { return "error \(code)" }
    return first.lowercased() + text.dropFirst()
}

/// A file descriptor that is closed exactly once.
struct FileDescriptor: ~Copyable {
    let raw: Int32

    /// Opens a file; nil with `errno` set when that fails.
    init?(opening path: String, flags: Int32, mode: mode_t = 0) {
        let descriptor = unsafe path.withCString { path in
            unsafe open(path, flags | O_CLOEXEC, mode)
        }
        guard descriptor >= 0 else { return nil }
        raw = descriptor
    }

    deinit { close(raw) }

    /// Size, kind and time of change; nil with `errno` set when the system does not tell.
    func status() -> stat? {
        var status = stat()
        return unsafe fstat(raw, &status) == 0 ? status : nil
    }

    /// Reads up to `count` bytes at an offset; fewer at the end of the file.
    func read(_ count: Int, at offset: Int) -> [UInt8] {
        unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count, let base = buffer.baseAddress {
                let got = unsafe pread(raw, base + filled, count - filled, offset + filled)
                if got < 0 && errno == EINTR { continue }
                if got <= 0 { return }
                filled += got
            }
        }
    }

    /// Writes everything; returns 0, or the `errno` that stopped it.
    func write(_ bytes: [UInt8]) -> Int32 {
        unsafe bytes.withUnsafeBytes { bytes in
            var done = 0
            while done < bytes.count {
                let wrote = unsafe Glibc.write(raw, bytes.baseAddress.map { unsafe $0 + done }, bytes.count - done)
                if wrote < 0 && errno == EINTR { continue }
                if wrote < 0 { return errno }
                done += wrote
            }
            return 0
        }
    }
}

/// Makes a directory that only its owner may enter, and those above it.
func makeDirectory(_ path: String) throws(SpeechError) {
    var partial = path.hasPrefix("/") ? "/" : ""
    for part in path.split(separator: "/") {
        partial += partial.isEmpty || partial.hasSuffix("/") ? String(part) : "/" + part
        guard unsafe mkdir(partial, 0o700) != 0, errno != EEXIST else { continue }
        let code = errno
        var status = stat()
        if unsafe stat(partial, &status) == 0 { continue }
        throw .writing(partial, errno: code)
    }
}

/// The names in a directory; empty when there is none.
func directoryEntries(_ path: String) -> [String] {
    guard let directory = unsafe opendir(path) else { return [] }
    defer { unsafe closedir(directory) }
    var names: [String] = []
    while let entry = unsafe readdir(directory) {
        let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { name in
            unsafe name.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
        }
        if name != "." && name != ".." { names.append(name) }
    }
    return names
}

/// Removes a directory of plain files, as far as that goes; what stays is removed by a later command.
func removeDirectory(_ path: String) {
    for name in directoryEntries(path) { unsafe unlink("\(path)/\(name)") }
    unsafe rmdir(path)
}
