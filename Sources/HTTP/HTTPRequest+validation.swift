extension HTTPRequest {
    /// Refuses what would be read differently by the server or by libcurl than it was meant: line breaks in a
    /// header, zero bytes in a name.
    func validate() throws(HTTPError) {
        guard Self.isToken(method) else { throw HTTPError(.protocolViolation, "The request's method is not a word.") }
        for field in headers.fields {
            guard Self.isToken(field.name) else {
                throw HTTPError(.protocolViolation, "The name of a header field of the request is not a word.")
            }
            guard Self.isLine(field.value) else {
                throw HTTPError(.protocolViolation, "The header field \(field.name) holds a control character.")
            }
        }
        if let unixSocket, unixSocket.utf8.contains(0) {
            throw HTTPError(.invalidURL, "The path of the Unix socket holds a zero byte.")
        }
        try body.validate()
    }

    fileprivate static func isToken(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy {
                switch $0 {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
                case UInt8(ascii: "0")...UInt8(ascii: "9"): true
                default: "!#$%&'*+-.^_`|~".utf8.contains($0)
                }
            }
    }

    fileprivate static func isLine(_ text: String) -> Bool {
        text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7f || $0 == 0x09 }
    }
}

extension HTTPBody {
    fileprivate func validate() throws(HTTPError) {
        switch self {
        case .empty: return
        case .bytes(_, let contentType): try Self.check(contentType: contentType)
        case .file(let path, let contentType): try Self.check(path: path, contentType: contentType)
        case .multipart(let parts):
            for part in parts {
                guard HTTPRequest.isLine(part.name) else {
                    throw HTTPError(.protocolViolation, "The name of a form field holds a control character.")
                }
                guard case .file(let path, let filename, let contentType) = part.content else { continue }
                try Self.check(path: path, contentType: contentType)
                guard !filename.utf8.contains(0) else {
                    throw HTTPError(
                        .protocolViolation, "The file name of the form field \(part.name) holds a zero byte.")
                }
            }
        }
    }

    private static func check(path: String, contentType: String) throws(HTTPError) {
        guard !path.utf8.contains(0) else {
            throw HTTPError(.localFile, "The path of a file to send holds a zero byte.")
        }
        try check(contentType: contentType)
    }

    private static func check(contentType: String) throws(HTTPError) {
        guard HTTPRequest.isLine(contentType) else {
            throw HTTPError(.protocolViolation, "The content type of a body holds a control character.")
        }
    }
}
