internal import CCurl
internal import Files
internal import Glibc

/// A file that is sent from disk, at the size it had when it was opened.
final class UploadFile {
    let path: String
    let size: Int
    private let file: OpenFile
    private var sent = 0
    private(set) var failure: HTTPError?

    init(path: String) throws(HTTPError) {
        self.path = path
        do {
            // Opening a named pipe must not hold up every other transfer.
            file = try OpenFile(path, [.nonBlocking])
        } catch {
            throw HTTPError(.localFile, "The file \(path) cannot be opened to be sent: \(error.reason).")
        }
        guard let status = try? file.status(), status.isFile else {
            throw HTTPError(.localFile, "The file \(path) cannot be sent, because it is not a regular file.")
        }
        size = status.size
    }

    /// Fills libcurl's buffer; nil when the file cannot give what its size promised.
    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int? {
        let wanted = min(buffer.count, size - sent)
        guard wanted > 0 else { return 0 }
        do throws(FileError) {
            let room = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[..<wanted])
            let count = try unsafe file.read(into: room, at: sent)
            guard count > 0 else { return fail("it became shorter meanwhile") }
            sent += count
            return count
        } catch {
            return fail(error.reason)
        }
    }

    private func fail(_ reason: String) -> Int? {
        failure = HTTPError(.localFile, "The file \(path) could not be sent whole: \(reason).")
        return nil
    }

    /// Back to an offset; libcurl asks for it when it has to send a body again.
    func seek(to offset: Int) -> Bool {
        guard (0...size).contains(offset) else { return false }
        sent = offset
        return true
    }
}

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
