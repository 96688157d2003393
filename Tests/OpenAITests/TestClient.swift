import HTTP
import JSON
import OpenAI
import TestSupport

extension OpenAIClient {
    /// A client whose waits are short.
    static func quick(_ baseURL: String, key: String? = nil, attempts: Int = 3) -> OpenAIClient {
        OpenAIClient(
            endpoint: OpenAIEndpoint(baseURL: baseURL, key: key), http: HTTPClient(userAgent: "vocero-tests"),
            attempts: attempts, deadlines: HTTPDeadlines(idle: .seconds(20), total: .seconds(60)),
            firstWait: .milliseconds(2))
    }

    static func quick(_ server: LoopbackServer, key: String? = nil) -> OpenAIClient {
        quick(server.url + "/v1", key: key)
    }
}

/// An error object with a message and a code.
func errorBody(_ message: String, code: JSON = nil, type: JSON = nil) -> JSON {
    ["error": ["message": .string(message), "code": code, "type": type, "param": nil]]
}
