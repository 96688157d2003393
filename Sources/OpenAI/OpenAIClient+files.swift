package import Assistant
package import FoundationEssentials
internal import HTTP
internal import JSON

extension OpenAIClient {
    /// Sends a file of batch lines, streamed from disk. It is not sent a second time by itself: when the answer is lost,
    /// ``batchFile(named:since:)`` tells whether it arrived.
    ///
    /// Errors: `configuration` for an endpoint without files.
    package func uploadForBatch(_ path: String, name: String) async throws(EngineError) -> RemoteFile {
        let parts = [
            HTTPMultipartPart(name: "purpose", content: .text("batch")),
            HTTPMultipartPart(
                name: "file", content: .file(path: path, filename: name, contentType: "application/jsonl")),
        ]
        let answer = try await batchAnswer(to: request("POST", "/files", .multipart(parts), once: true))
        guard let file = RemoteFile(answer.json) else {
            throw failure.malformed("the file it took has no id", requestID: answer.requestID)
        }
        return file
    }

    /// The file of that name for batches, made at this time or later; nil when there is none. The time is the
    /// endpoint's, so leave it room.
    package func batchFile(named name: String, since: Date) async throws(EngineError) -> RemoteFile? {
        var found: RemoteFile?
        try await list("/files?purpose=batch&order=desc&limit=1000") { entry in
            guard let file = RemoteFile(entry) else { return true }
            if file.name == name { found = file }
            return found == nil && file.createdAt.map { $0 >= since } ?? true
        }
        return found
    }

    /// Opens the content of a file, which may be larger than memory; nil when the endpoint does not have the file.
    package func content(of file: String) async throws(EngineError) -> RemoteContent? {
        var request = request("GET", "/files/\(Self.segment(file))/content", .empty)
        request.headers["Accept"] = "*/*"
        // As long as bytes come, or wait to be taken.
        request.deadlines.total = nil
        let head: HTTPResponseHead
        var body: [UInt8] = []
        do throws(HTTPError) {
            let stream = try await http.stream(request)
            if (200..<300).contains(stream.head.status) { return RemoteContent(stream, failure: failure) }
            head = stream.head
            while let piece = try await stream.next() { body += piece }
        } catch {
            throw failure.error(of: error)
        }
        if head.status == 404 { return nil }
        throw failure.error(of: HTTPResponse(head: head, body: body))
    }

    /// Removes a file; one that is not there is removed already.
    package func deleteFile(_ file: String) async throws(EngineError) {
        _ = try await known(request("DELETE", "/files/\(Self.segment(file))", .empty))
    }
}

/// The content of a file, line by line. Read by one task; letting go of it stops the transfer.
package final class RemoteContent {
    /// A longer line is passed over: no answer is so long.
    private static let longestLine = 32 << 20

    private let stream: HTTPResponseStream
    private let failure: OpenAIFailure
    private var bytes: [UInt8] = []
    /// Up to here, `bytes` have been given out.
    private var start = 0
    /// Up to here, they were looked through.
    private var looked = 0
    private var isTooLong = false
    private var hasEnded = false

    init(_ stream: HTTPResponseStream, failure: OpenAIFailure) {
        self.stream = stream
        self.failure = failure
    }

    /// The next line that is not empty, without its end; nil after the last.
    ///
    /// Errors: when the transfer broke off; what is lacking may come in another one.
    package func nextLine() async throws(EngineError) -> [UInt8]? {
        while true {
            if let end = bytes[looked...].firstIndex(of: 0x0a) {
                let line = bytes[start..<end]
                (start, looked) = (end + 1, end + 1)
                if isTooLong { isTooLong = false } else if !Self.isBlank(line) { return Array(line) }
                continue
            }
            looked = bytes.count
            if hasEnded {
                defer { bytes = []; (start, looked) = (0, 0) }
                let line = bytes[start...]
                return isTooLong || Self.isBlank(line) ? nil : Array(line)
            }
            try await fill()
        }
    }

    private func fill() async throws(EngineError) {
        bytes.removeFirst(start)
        if bytes.count > Self.longestLine { (isTooLong, bytes) = (true, []) }
        (start, looked) = (0, bytes.count)
        do throws(HTTPError) {
            if let piece = try await stream.next() { bytes += piece } else { hasEnded = true }
        } catch {
            throw failure.error(of: error)
        }
    }

    private static func isBlank(_ line: ArraySlice<UInt8>) -> Bool { line.allSatisfy { $0 <= 0x20 } }
}
