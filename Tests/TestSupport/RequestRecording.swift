internal import FoundationEssentials
internal import Glibc
internal import JSON
internal import Synchronization

/// Writes down the requests that a protocol's loopback server gets, one JSON line each, when the environment
/// variable `VOCERO_RECORD_HTTP` names a directory: they can then be held against the protocol's published
/// description. Credentials are left out.
package final class RequestRecording: Sendable {
    private static let credentials: Set<String> = [
        "api-key", "authorization", "cookie", "proxy-authorization", "x-api-key",
    ]

    private let service: String
    private let descriptor: Int32
    private let order = Mutex(())

    /// Nil when nothing is to be recorded.
    package init?(service: String) {
        guard let directory = ProcessInfo.processInfo.environment["VOCERO_RECORD_HTTP"], !directory.isEmpty else {
            return nil
        }
        self.service = service
        mkdir(directory, 0o755)
        let path = "\(directory)/\(service)-\(getpid())-\(UUID().uuidString).jsonl"
        descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
        precondition(descriptor >= 0, "VOCERO_RECORD_HTTP names a directory that cannot be written to: \(directory)")
    }

    deinit { close(descriptor) }

    /// `path` is the request's without the base URL.
    package func record(_ request: LoopbackRequest, path: String) {
        let line = Self.line(request, path: path, service: service).description + "\n"
        let bytes = Array(line.utf8)
        order.withLock { _ in
            var written = 0
            while written < bytes.count {
                let count = bytes[written...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
                precondition(count > 0, "A request could not be recorded.")
                written += count
            }
        }
    }

    static func line(_ request: LoopbackRequest, path: String, service: String) -> JSON {
        let headers = request.headers.filter { !credentials.contains($0.key) }
        var line: [String: JSON] = [
            "service": .string(service), "method": .string(request.method), "path": .string(path),
            "query": .object(request.query.mapValues(JSON.string)),
            "headers": .object(headers.mapValues(JSON.string)), "body": request.json ?? .null,
        ]
        if let parts = request.parts { line["parts"] = .array(parts.map(part)) }
        return .object(line)
    }

    private static func part(_ part: LoopbackPart) -> JSON {
        var members: [String: JSON] = ["name": .string(part.name), "bytes": .integer(part.body.count)]
        if let filename = part.filename { members["filename"] = .string(filename) }
        if let type = part.contentType { members["content_type"] = .string(type) }
        if part.filename == nil { members["value"] = .string(part.text) }
        return .object(members)
    }
}
