package import Assistant
package import FoundationEssentials
internal import HTTP
internal import JSON

extension OpenAIClient {
    /// Has a batch made from a file of chat requests. It is not asked a second time by itself: when the answer is lost,
    /// ``batches(with:since:)`` tells whether there is one.
    ///
    /// Errors: `configuration` for an endpoint without a Batch API.
    package func createBatch(
        ofFile file: String, metadata: [String: String]
    ) async throws(EngineError) -> RemoteBatch {
        let body: JSON = [
            "input_file_id": .string(file), "endpoint": .string(ChatBatchLine.url), "completion_window": "24h",
            "metadata": .object(metadata.mapValues { .string($0) }),
        ]
        return try batch(try await batchAnswer(to: request("POST", "/batches", Self.json(body), once: true)))
    }

    /// The batch as it stands; nil when the endpoint does not know it.
    package func batch(_ id: String) async throws(EngineError) -> RemoteBatch? {
        guard let answer = try await known(request("GET", "/batches/\(Self.segment(id))", .empty)) else { return nil }
        return try batch(try self.answer(answer))
    }

    /// The batches whose metadata hold this pair, made at this time or later, the latest first. The time is the
    /// endpoint's, so leave it room.
    package func batches(
        with pair: (key: String, value: String), since: Date
    ) async throws(EngineError) -> [RemoteBatch] {
        var found: [RemoteBatch] = []
        try await list("/batches?limit=100") { entry in
            guard let batch = RemoteBatch(entry, key: endpoint.key) else { return true }
            if batch.metadata[pair.key] == pair.value { found.append(batch) }
            return batch.createdAt.map { $0 >= since } ?? true
        }
        return found
    }

    /// Asks the endpoint to end a batch, and gives it as it stands: it may take minutes, and lines that are finished
    /// stay so. Nil when the endpoint does not know it.
    package func cancelBatch(_ id: String) async throws(EngineError) -> RemoteBatch? {
        let response = try await send(request("POST", "/batches/\(Self.segment(id))/cancel", .empty))
        if (200..<300).contains(response.head.status) { return try batch(try answer(response)) }
        // What has ended already cannot be cancelled: that is no failure.
        if let batch = try await batch(id) {
            if batch.status.isFinal || batch.status == .cancelling { return batch }
            throw failure.error(of: response)
        }
        return nil
    }

    private func batch(_ answer: Answer) throws(EngineError) -> RemoteBatch {
        guard let batch = RemoteBatch(answer.json, key: endpoint.key) else {
            throw failure.malformed("its batch has no id or no status", requestID: answer.requestID)
        }
        return batch
    }

    // MARK: Requests

    func send(_ request: HTTPRequest) async throws(EngineError) -> HTTPResponse {
        do throws(HTTPError) {
            return try await http.send(request)
        } catch {
            throw failure.error(of: error)
        }
    }

    private func answer(_ response: HTTPResponse) throws(EngineError) -> Answer {
        guard (200..<300).contains(response.head.status) else { throw failure.error(of: response) }
        let requestID = response.head.headers[OpenAIFailure.requestIDField]
        return Answer(json: try failure.object(response.body, requestID: requestID), requestID: requestID)
    }

    /// The answer of an endpoint that may have no files and no batches at all.
    func batchAnswer(to request: HTTPRequest) async throws(EngineError) -> Answer {
        let response = try await send(request)
        if [404, 405, 501].contains(response.head.status) {
            var error = failure.error(of: response)
            error.kind = .configuration
            error.causes.insert(error.message, at: 0)
            error.message =
                "\(endpoint.host) has no Batch API (it answered \(response.head.status)); leave out --via openai-batch, or use another endpoint."
            throw error
        }
        return try answer(response)
    }

    /// Nil when the endpoint does not know what is asked for.
    func known(_ request: HTTPRequest) async throws(EngineError) -> HTTPResponse? {
        let response = try await send(request)
        if response.head.status == 404 { return nil }
        guard (200..<300).contains(response.head.status) else { throw failure.error(of: response) }
        return response
    }

    /// Goes through a list page by page, while `goesOn` says so.
    func list(_ path: String, _ goesOn: (JSON) -> Bool) async throws(EngineError) {
        var after = ""
        while true {
            let answer = try await batchAnswer(to: request("GET", path + after, .empty))
            guard let entries = answer.json["data"]?.array else {
                throw failure.malformed("its list has no data", requestID: answer.requestID)
            }
            for entry in entries where !goesOn(entry) { return }
            guard answer.json["has_more"]?.bool == true, let last = entries.last?["id"]?.string else { return }
            let next = "&after=" + Self.segment(last)
            // A server that does not know `after` gives the same page for ever.
            if next == after { return }
            after = next
        }
    }

    /// An id as a part of a path: none of a server's ids leads elsewhere.
    static func segment(_ id: String) -> String {
        var path = ""
        for byte in id.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                path.unicodeScalars.append(Unicode.Scalar(byte))
            default: path += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
        return path
    }
}
