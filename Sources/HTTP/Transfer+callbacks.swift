internal import CCurl
internal import Glibc

extension Transfer {
    func setCallbacks() throws(HTTPError) {
        let context = unsafe Unmanaged.passUnretained(self).toOpaque()
        try check(unsafe vocero_easy_setopt_data(easy, CURLOPT_PRIVATE, context))
        try check(unsafe vocero_easy_setopt_header(easy, receiveHeader, context))
        try check(unsafe vocero_easy_setopt_write(easy, receiveBody, context))
        try check(unsafe vocero_easy_setopt_xferinfo(easy, noteProgress, context))
        try check(unsafe vocero_easy_setopt_prereq(easy, beforeRequest, context))
        try check(unsafe vocero_easy_setopt_opensocket(easy, openSocket))
    }

    /// The transfer that an easy handle belongs to.
    static func behind(_ easy: UnsafeMutableRawPointer) -> Transfer? {
        var context: UnsafeMutableRawPointer?
        guard unsafe vocero_easy_getinfo_pointer(easy, CURLINFO_PRIVATE, &context) == CURLE_OK else { return nil }
        return unsafe of(context)
    }

    fileprivate static func of(_ context: UnsafeMutableRawPointer?) -> Transfer? {
        guard let context = unsafe context else { return nil }
        return unsafe Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
    }

    fileprivate func take(headerLine: String) -> Bool {
        clock.moved()
        do throws(ResponseHeadParser.Violation) {
            if let head = try head.feed(line: headerLine) { plan.exchange.receive(head) }
            return true
        } catch {
            let reason =
                switch error {
                case .tooLarge: "a head of more than \(ResponseHeadParser.maxBytes) bytes"
                case .noStatus: "no valid status"
                case .lengthsDiffer: "two different lengths"
                }
            return fail(HTTPError(.protocolViolation, "\(plan.address.name) sent an answer with \(reason)."), false)
        }
    }

    /// What `CURLOPT_WRITEFUNCTION` is to return for a piece of the body.
    fileprivate func take(body bytes: UnsafeRawBufferPointer) -> Int {
        clock.moved()
        guard !isKept || receivedBytes + bytes.count <= plan.request.maxResponseBytes else {
            let limit = plan.request.maxResponseBytes
            return fail(
                HTTPError(.responseTooLarge, "\(plan.address.name) sent an answer of more than \(limit) bytes."), -1)
        }
        guard unsafe plan.exchange.receive(bytes) else {
            clock.pause()
            return Int(CURL_WRITEFUNC_PAUSE)
        }
        receivedBytes += bytes.count
        return bytes.count
    }

    /// What a reader takes piece by piece is bounded by the reader, but for an answer that is no success: that one is read
    /// to its end before anybody sees it.
    private var isKept: Bool {
        !plan.exchange.isStreamed || !(200..<300).contains(head.status ?? 200)
    }

    fileprivate func note(down: Int, up: Int) {
        guard movedBytes != (down, up) else { return }
        movedBytes = (down, up)
        clock.moved()
    }

    /// Whether the request may go out on the connection that was found for it.
    fileprivate func maySend() -> Bool {
        clock.moved()
        if hasSentRequest, !plan.isReplayable {
            return fail(.broken(plan.address, "before it answered"), false)
        }
        hasSentRequest = true
        return true
    }
}

// What libcurl calls, with the ``Transfer`` as context.

/// As libcurl does it, but closed in programs that this one starts: a database server would else keep our
/// connections open.
private let openSocket:
    @convention(c) (UnsafeMutableRawPointer?, curlsocktype, UnsafeMutablePointer<curl_sockaddr>?) -> curl_socket_t = {
        _, _, address in
        guard let address = unsafe address?.pointee else { return CURL_SOCKET_BAD }
        return socket(address.family, address.socktype | Int32(SOCK_CLOEXEC.rawValue), address.protocol)
    }

private let receiveHeader: @convention(c) (UnsafeMutablePointer<CChar>?, Int, Int, UnsafeMutableRawPointer?) -> Int = {
    bytes, size, count, context in
    guard let transfer = unsafe Transfer.of(context) else { return 0 }
    let line = unsafe UnsafeRawBufferPointer(start: bytes, count: size * count)
    return transfer.take(headerLine: unsafe String(decoding: line, as: UTF8.self)) ? size * count : 0
}

private let receiveBody: @convention(c) (UnsafeMutablePointer<CChar>?, Int, Int, UnsafeMutableRawPointer?) -> Int = {
    bytes, size, count, context in
    guard let transfer = unsafe Transfer.of(context) else { return 0 }
    return unsafe transfer.take(body: UnsafeRawBufferPointer(start: bytes, count: size * count))
}

private let noteProgress:
    @convention(c) (UnsafeMutableRawPointer?, curl_off_t, curl_off_t, curl_off_t, curl_off_t) -> Int32 = {
        context, _, down, _, up in
        unsafe Transfer.of(context)?.note(down: Int(down), up: Int(up))
        return 0
    }

private let beforeRequest:
    @convention(c) (
        UnsafeMutableRawPointer?, UnsafeMutablePointer<CChar>?, UnsafeMutablePointer<CChar>?, Int32, Int32
    ) -> Int32 = { context, _, _, _, _ in
        guard let transfer = unsafe Transfer.of(context), transfer.maySend() else { return CURL_PREREQFUNC_ABORT }
        return CURL_PREREQFUNC_OK
    }
