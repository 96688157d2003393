internal import CCurl

/// libcurl as a whole: initialised with the first request, since that reads OpenSSL's configuration.
enum CurlLibrary {
    /// Whether `curl_global_init` went well; it runs once, on the first use of this.
    static let isReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK
}

extension HTTPError {
    /// libcurl refuses only what this module got wrong, or for want of memory.
    static func setup(_ code: CURLcode) -> HTTPError {
        let reason = unsafe String(cString: curl_easy_strerror(code))
        return HTTPError(.protocolViolation, "The request cannot be prepared: \(reason).")
    }
}
