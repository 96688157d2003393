package import Assistant
internal import HTTP
internal import JSON

/// One chat request in the file of a batch.
package enum ChatBatchLine {
    /// Of every line, below the host.
    static let url = "/v1/chat/completions"

    /// JSON text without a line break: the body is what ``OpenAIChatModel`` sends for the same request, unstreamed.
    package static func text(id: String, request: ChatRequest, model: String) -> String {
        let line: JSON = [
            "custom_id": .string(id), "method": "POST", "url": .string(url),
            // A first question: no endpoint has given anything with it.
            "body": ChatRequestJSON.body(of: request, model: model, streams: false, endpoint: ""),
        ]
        return line.description
    }
}

/// What came of one line of a batch.
package struct ChatBatchResult: Sendable, Hashable {
    /// As it was given with the request.
    package let id: String
    package let outcome: Result<ChatResponse, EngineError>
    /// The endpoint did not come to it: nothing was paid.
    package let wasNotTried: Bool
}

extension OpenAIClient {
    /// Reads a line of an output or an error file; nil when it does not say of which request.
    package func batchResult(of line: [UInt8], model: String) -> ChatBatchResult? {
        guard let json = try? JSON(parsing: line, halves: .replaced), let id = json["custom_id"]?.string else {
            return nil
        }
        let response = json["response"] ?? .null
        guard let status = response["status_code"]?.integer else {
            let object: JSON = json["error"].map { $0.isNull ? [:] : ["error": $0] } ?? [:]
            let code = json["error"]?["code"]?.string
            return ChatBatchResult(
                id: id, outcome: .failure(failure.brokenOff(object, requestID: nil)),
                wasNotTried: code == "batch_expired" || code == "batch_cancelled")
        }
        let requestID = response["request_id"]?.string
        let body = response["body"] ?? .null
        guard (200..<300).contains(status) else {
            let head = HTTPResponseHead(
                status: status, headers: requestID.map { [OpenAIFailure.requestIDField: $0] } ?? [:])
            let whole = HTTPResponse(head: head, body: Array(body.description.utf8))
            return ChatBatchResult(id: id, outcome: .failure(failure.error(of: whole)), wasNotTried: false)
        }
        do throws(EngineError) {
            let response = try whole(
                body, model: model, requestID: requestID, else: "an answer of its batch is no chat completion")
            return ChatBatchResult(id: id, outcome: .success(response), wasNotTried: false)
        } catch {
            return ChatBatchResult(id: id, outcome: .failure(error), wasNotTried: false)
        }
    }
}
