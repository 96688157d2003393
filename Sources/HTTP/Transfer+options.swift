internal import CCurl
internal import Concurrency

extension Transfer {
    /// Sets every option of the handle.
    func configure() throws(HTTPError) {
        try setAddress()
        try setSafety()
        try setBody()
        try setHeaders(headerLines())
        try setCallbacks()
    }

    private func setAddress() throws(HTTPError) {
        try set(CURLOPT_URL, plan.address.url)
        try set(CURLOPT_PROTOCOLS_STR, "http,https")
        try set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_2TLS))
        try set(CURLOPT_USERAGENT, plan.userAgent)
        try set(CURLOPT_UNIX_SOCKET_PATH, plan.request.unixSocket)
        // An empty proxy also beats the environment's; a proxy would look for the server on its own machine.
        if plan.address.isLoopback || plan.request.unixSocket != nil { try set(CURLOPT_PROXY, "") }
        try set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
        try set(CURLOPT_TCP_KEEPALIVE, 1)
        // 0 would mean libcurl's own 300 s.
        let connect = plan.request.deadlines.connect?.milliseconds ?? Int(Int32.max)
        try set(CURLOPT_CONNECTTIMEOUT_MS, max(1, min(connect, Int(Int32.max))))
    }

    private func setSafety() throws(HTTPError) {
        try set(CURLOPT_NOSIGNAL, 1)
        // Else the event thread waits for a name server when a transfer is cancelled during the look-up.
        try set(CURLOPT_QUICK_EXIT, 1)
        try set(CURLOPT_FOLLOWLOCATION, 0)
        try set(CURLOPT_SSL_VERIFYPEER, 1)
        try set(CURLOPT_SSL_VERIFYHOST, 2)
        // With a directory of certificates libcurl 7.88 reads the whole bundle again for each connection (27 ms).
        try set(CURLOPT_CAPATH, nil)
        if let bundle = plan.certificateBundle { try set(CURLOPT_CAINFO, bundle) }
        // A streamed body is passed on as it comes; "" offers every encoding that libcurl can undo.
        if !plan.exchange.isStreamed, plan.request.headers["accept-encoding"] == nil,
            plan.request.headers["range"] == nil
        {
            try set(CURLOPT_ACCEPT_ENCODING, "")
        }
    }

    private func headerLines() -> [String] {
        // Waiting for a 100 costs a second with servers that do not know it.
        var lines = ["Expect:"]
        if plan.request.headers["content-type"] == nil {
            switch plan.request.body {
            case .bytes(_, let contentType), .file(_, let contentType): lines.append("Content-Type: \(contentType)")
            case .empty: lines.append("Content-Type:")
            case .multipart: break
            }
        }
        return lines + plan.request.headers.fields.map { $0.value.isEmpty ? "\($0.name);" : "\($0.name): \($0.value)" }
    }
}
