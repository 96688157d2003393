internal import CCurl
internal import Glibc

/// A file that is sent from disk, at the size it had when it was opened.
final class UploadFile {
    let path: String
    let size: Int
    private let descriptor: Int32
    private var sent = 0
    private(set) var failure: HTTPError?

    init(path: String) throws(HTTPError) {
        self.path = path
        // O_NONBLOCK: opening a named pipe must not hold up every other transfer.
        descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            throw HTTPError(.localFile, "The file \(path) cannot be opened to be sent: \(describe(errno: errno)).")
        }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw HTTPError(.localFile, "The file \(path) cannot be sent, because it is not a regular file.")
        }
        size = Int(status.st_size)
    }

    deinit { close(descriptor) }

    /// Fills libcurl's buffer; nil when the file cannot give what its size promised.
    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int? {
        let wanted = min(buffer.count, size - sent)
        guard wanted > 0 else { return 0 }
        let count = unsafe pread(descriptor, buffer.baseAddress, wanted, off_t(sent))
        guard count > 0 else {
            let reason = count == 0 ? "it became shorter meanwhile" : describe(errno: errno)
            failure = HTTPError(.localFile, "The file \(path) could not be sent whole: \(reason).")
            return nil
        }
        sent += count
        return count
    }

    /// Back to an offset; libcurl asks for it when it has to send a body again.
    func seek(to offset: Int) -> Bool {
        guard (0...size).contains(offset) else { return false }
        sent = offset
        return true
    }
}

/// The system's words for an error number.
func describe(errno code: Int32) -> String { unsafe String(cString: strerror(code)) }

// What libcurl calls, with an ``UploadFile`` as context.

let readUpload: @convention(c) (UnsafeMutablePointer<CChar>?, Int, Int, UnsafeMutableRawPointer?) -> Int = {
    buffer, size, count, context in
    guard let context = unsafe context else { return Int(CURL_READFUNC_ABORT) }
    let file = unsafe Unmanaged<UploadFile>.fromOpaque(context).takeUnretainedValue()
    let target = unsafe UnsafeMutableRawBufferPointer(start: buffer, count: size * count)
    return unsafe file.read(into: target) ?? Int(CURL_READFUNC_ABORT)
}

let seekUpload: @convention(c) (UnsafeMutableRawPointer?, curl_off_t, Int32) -> Int32 = { context, offset, origin in
    guard origin == SEEK_SET, let context = unsafe context else { return CURL_SEEKFUNC_CANTSEEK }
    let file = unsafe Unmanaged<UploadFile>.fromOpaque(context).takeUnretainedValue()
    return file.seek(to: Int(offset)) ? CURL_SEEKFUNC_OK : CURL_SEEKFUNC_FAIL
}

/// Gives back the reference that a form part held.
let releaseUpload: @convention(c) (UnsafeMutableRawPointer?) -> Void = { context in
    guard let context = unsafe context else { return }
    unsafe Unmanaged<UploadFile>.fromOpaque(context).release()
}
