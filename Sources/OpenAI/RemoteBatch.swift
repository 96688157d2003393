package import FoundationEssentials
internal import JSON

/// A batch as it lies at an endpoint with a Batch API.
package struct RemoteBatch: Sendable, Hashable {
    package enum Status: String, Sendable, Hashable {
        case validating, failed, finalizing, completed, expired, cancelling, cancelled
        /// Also whatever this program does not know: it will come to an end.
        case inProgress = "in_progress"

        /// Nothing changes any more.
        package var isFinal: Bool {
            switch self {
            case .completed, .failed, .expired, .cancelled: true
            case .validating, .inProgress, .finalizing, .cancelling: false
            }
        }
    }

    package let id: String
    package let status: Status
    /// Answers, one a line.
    package let outputFile: String?
    /// Lines that got no answer, one a line.
    package let errorFile: String?
    package let metadata: [String: String]
    /// Why its file was refused as a whole.
    package let problems: [RemoteBatchProblem]
    package let total: Int
    package let completed: Int
    package let failed: Int
    package let createdAt: Date?

    /// Nil when it has no id or no status.
    init?(_ json: JSON, key: String?) {
        guard let id = json["id"]?.string, RemoteFile.isID(id), let status = json["status"]?.string else { return nil }
        self.id = id
        self.status = Status(rawValue: status) ?? .inProgress
        outputFile = Self.file(json["output_file_id"])
        errorFile = Self.file(json["error_file_id"])
        metadata = (json["metadata"]?.object ?? [:]).compactMapValues(\.string)
        let problems = json["errors"]?["data"]?.array ?? json["errors"]?.array ?? []
        self.problems = problems.map { RemoteBatchProblem($0, key: key) }
        total = json["request_counts"]?["total"]?.count ?? 0
        completed = json["request_counts"]?["completed"]?.count ?? 0
        failed = json["request_counts"]?["failed"]?.count ?? 0
        createdAt = json["created_at"]?.number.map { Date(timeIntervalSince1970: $0) }
    }

    private static func file(_ json: JSON?) -> String? { json?.string.flatMap { RemoteFile.isID($0) ? $0 : nil } }
}

/// What an endpoint found wrong with a batch's file.
package struct RemoteBatchProblem: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        /// Of one line: the others are well.
        case line(Int)
        /// More tokens wait at the endpoint than it allows: fewer at a time, or later.
        case crowded
        /// Waiting does not bring money back.
        case quota
        /// Of the whole.
        case whole
    }

    package let kind: Kind
    /// One line.
    package let message: String

    init(_ json: JSON, key: String?) {
        let code = json["code"]?.string ?? ""
        let said = json["message"]?.string ?? json.string ?? code
        message = ServerWords.clean(said.isEmpty ? "no reason given" : said, key: key)
        kind =
            if code == "token_limit_exceeded" { .crowded } else if OpenAIFailure.isQuota(code: code) {
                .quota
            } else if let line = json["line"]?.integer, line > 0 { .line(line) } else { .whole }
    }
}
