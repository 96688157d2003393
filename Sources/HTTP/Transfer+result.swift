internal import CCurl
internal import Glibc

extension HTTPError {
    /// A connection that broke at some point of an exchange.
    static func broken(_ address: HTTPAddress, _ when: String) -> HTTPError {
        HTTPError(.truncated, "The connection to \(address.name) broke \(when).")
    }
}

extension Transfer {
    /// What libcurl's final code means for the reader.
    func result(_ code: CURLcode) -> Result<Void, HTTPError> {
        if code == CURLE_OK {
            return head.isComplete ? .success(()) : .failure(.broken(plan.address, "before it answered"))
        }
        if let failure { return .failure(failure) }
        if let failure = (formUploads + [upload].compactMap { $0 }).lazy.compactMap(\.failure).first {
            return .failure(failure)
        }
        return .failure(error(code))
    }

    func timedOut(_ code: HTTPError.Code) -> HTTPError {
        let deadlines = plan.request.deadlines
        return if code == .idleTimedOut {
            HTTPError(code, "\(plan.address.name) was silent for \(deadlines.idle?.inSeconds ?? "too long").")
        } else {
            HTTPError(
                code,
                "\(plan.address.name) did not finish its answer within \(deadlines.total?.inSeconds ?? "its time").")
        }
    }

    private func error(_ code: CURLcode) -> HTTPError {
        let name = plan.address.name
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST:
            return HTTPError(
                .resolve, "The name of the server \(name) cannot be resolved; check the name and the network.")
        case CURLE_COULDNT_RESOLVE_PROXY:
            return HTTPError(
                .resolve, "The name of the proxy on the way to \(name) cannot be resolved; check the proxy settings.")
        case CURLE_COULDNT_CONNECT:
            return HTTPError(
                .connect, "No connection to \(name) could be made\(systemReason); check that the server runs.")
        case CURLE_PROXY:
            return HTTPError(
                .connect, "The proxy on the way to \(name) refused the connection; check the proxy settings.")
        case CURLE_OPERATION_TIMEDOUT:
            let limit = plan.request.deadlines.connect?.inSeconds ?? "its time"
            return HTTPError(.connectTimedOut, "No connection to \(name) came about within \(limit).")
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
            CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_ENGINE_INITFAILED, CURLE_USE_SSL_FAILED,
            CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_PINNEDPUBKEYNOTMATCH:
            return tlsError(code)
        case CURLE_PARTIAL_FILE, CURLE_GOT_NOTHING, CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_HTTP2, CURLE_HTTP2_STREAM,
            CURLE_SSL_SHUTDOWN_FAILED, CURLE_SEND_FAIL_REWIND:
            return brokenConnection()
        default:
            let reason = unsafe String(cString: curl_easy_strerror(code))
            return HTTPError(.protocolViolation, "The answer of \(name) cannot be understood: \(reason).")
        }
    }

    private func tlsError(_ code: CURLcode) -> HTTPError {
        if code == CURLE_SSL_CONNECT_ERROR, info(CURLINFO_OS_ERRNO) != 0 {
            return HTTPError(.connect, "The TLS handshake with \(plan.address.name) broke off\(systemReason).")
        }
        let reason = unsafe String(cString: curl_easy_strerror(code))
        return HTTPError(.tls, "No trusted TLS connection to \(plan.address.name) could be made: \(reason).")
    }

    private func brokenConnection() -> HTTPError {
        // A proxy that refuses a tunnel ends here too.
        let proxyStatus = info(CURLINFO_HTTP_CONNECTCODE)
        if !hasSentRequest, proxyStatus >= 300 {
            return HTTPError(
                .connect, "The proxy on the way to \(plan.address.name) refused the connection (status \(proxyStatus))."
            )
        }
        return .broken(plan.address, head.isComplete ? "before the answer was whole" : "before it answered")
    }

    private var systemReason: String {
        let code = info(CURLINFO_OS_ERRNO)
        return code == 0 ? "" : " (\(unsafe String(cString: strerror(Int32(code)))))"
    }

    private func info(_ what: CURLINFO) -> Int {
        var value = 0
        _ = unsafe vocero_easy_getinfo_long(easy, what, &value)
        return value
    }
}

extension Duration {
    /// For a sentence: `10 s`, `0.25 s`.
    var inSeconds: String {
        let seconds = self / .seconds(1)
        return seconds == seconds.rounded() ? "\(Int(seconds)) s" : "\(seconds) s"
    }
}
