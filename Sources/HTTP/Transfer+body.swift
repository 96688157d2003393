internal import CCurl

extension Transfer {
    /// Sets the method and the body.
    func setBody() throws(HTTPError) {
        let method = plan.request.method
        switch plan.request.body {
        case .empty where method == "GET":
            return try set(CURLOPT_HTTPGET, 1)
        case .empty where method == "HEAD":
            return try set(CURLOPT_NOBODY, 1)
        case .empty where !["POST", "PUT", "PATCH"].contains(method):
            break
        case .empty:
            try setBytes([])
        case .bytes(let bytes, _):
            try setBytes(bytes)
        case .file(let path, _):
            try setFile(UploadFile(path: path))
        case .multipart(let parts):
            let form = unsafe try makeForm()
            for part in parts { unsafe try add(part, to: form) }
            try check(unsafe vocero_easy_setopt_mime(easy, form))
        }
        try set(CURLOPT_CUSTOMREQUEST, method)
    }

    private func setBytes(_ bytes: [UInt8]) throws(HTTPError) {
        try set(CURLOPT_POST, 1)
        try check(unsafe vocero_easy_setopt_off_t(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(bytes.count)))
        let code = unsafe bytes.withUnsafeBytes { bytes in
            // An empty array may have no address, and a null body would make libcurl read stdin.
            unsafe bytes.isEmpty
                ? vocero_easy_setopt_string(easy, CURLOPT_COPYPOSTFIELDS, "")
                : vocero_easy_setopt_data(easy, CURLOPT_COPYPOSTFIELDS, bytes.baseAddress)
        }
        try check(code)
    }

    private func setFile(_ file: UploadFile) throws(HTTPError) {
        upload = file
        try set(CURLOPT_UPLOAD, 1)
        try check(unsafe vocero_easy_setopt_off_t(easy, CURLOPT_INFILESIZE_LARGE, curl_off_t(file.size)))
        // The transfer keeps the file as long as its handle lives.
        try check(unsafe vocero_easy_setopt_read(easy, readUpload, Unmanaged.passUnretained(file).toOpaque()))
    }

    private func add(_ part: HTTPMultipartPart, to form: OpaquePointer) throws(HTTPError) {
        guard let added = unsafe curl_mime_addpart(form) else { throw .setup(CURLE_OUT_OF_MEMORY) }
        try check(unsafe curl_mime_name(added, part.name))
        switch part.content {
        case .text(let text):
            let code = unsafe text.withCString { unsafe curl_mime_data(added, $0, text.utf8.count) }
            try check(code)
        case .file(let path, let filename, let contentType):
            let file = try UploadFile(path: path)
            formUploads.append(file)
            try check(unsafe curl_mime_filename(added, filename))
            try check(unsafe curl_mime_type(added, contentType))
            let context = unsafe Unmanaged.passRetained(file).toOpaque()
            let code = unsafe curl_mime_data_cb(
                added, curl_off_t(file.size), readUpload, seekUpload, releaseUpload, context)
            guard code == CURLE_OK else {
                unsafe releaseUpload(context)
                throw .setup(code)
            }
        }
    }
}
