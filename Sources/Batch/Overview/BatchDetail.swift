internal import FoundationEssentials
package import JSON
internal import BatchQueue

/// A batch with who works on it and what went wrong.
package struct BatchDetail: Sendable {
    package struct Worker: Sendable {
        package let host: String
        package let process: Int
        /// Items it has claimed.
        package let running: Int
        /// Since it last reported.
        package let silentSeconds: Int
    }

    /// Prompts at an endpoint with a Batch API.
    package struct Remote: Sendable {
        /// The endpoint's id of them.
        package let id: String?
        package let endpoint: String
        package let state: String
        /// As the endpoint says it.
        package let status: String?
        package let prompts: Int
        package let model: String
        let createdAt: Date
    }

    package struct Item: Sendable {
        package let name: String
        package let state: String
        package let error: String?
    }

    package let batch: BatchOverview
    package let workers: [Worker]
    package let remote: [Remote]
    /// Items that failed or need an approval; not all of many.
    package let troubled: [Item]
    /// Messages of its items that are not found by what they mean yet.
    package let waitingForEmbedding: Int

    init(
        _ status: BatchStatus, workers: [BatchWorkerStatus], remote: [StoredAPIBatch], troubled: [StoredBatchItem],
        waitingForEmbedding: Int
    ) {
        batch = BatchOverview(status)
        self.waitingForEmbedding = waitingForEmbedding
        self.workers = workers.map {
            Worker(
                host: $0.host, process: $0.process, running: $0.running,
                silentSeconds: Int($0.silence.components.seconds))
        }
        self.remote = remote.map {
            Remote(
                id: $0.remoteID, endpoint: $0.endpoint, state: $0.state.rawValue, status: $0.remoteStatus,
                prompts: $0.lines, model: $0.model, createdAt: $0.createdAt)
        }
        self.troubled = troubled.map { Item(name: $0.name, state: $0.state.rawValue, error: $0.error) }
    }

    /// All of ``BatchOverview/json``, with `workers`, `remote`, `troubled` and `embeddings_waiting`.
    package var json: JSON {
        var members = batch.json.object ?? [:]
        members["workers"] = .array(workers.map(\.json))
        members["embeddings_waiting"] = .integer(waitingForEmbedding)
        members["remote"] = .array(remote.map(\.json))
        members["troubled"] = .array(
            troubled.map {
                ["name": .string($0.name), "state": .string($0.state), "error": .string($0.error ?? "")]
            })
        return .object(members)
    }
}

extension BatchDetail.Worker {
    fileprivate var json: JSON {
        [
            "host": .string(host), "process": .integer(process), "running": .integer(running),
            "silent_ms": .integer(silentSeconds * 1000),
        ]
    }
}

extension BatchDetail.Remote {
    /// `batch_abc at api.openai.com: in_progress, 1,000 prompts for gpt-4.1-mini`
    package var text: String {
        "\(id ?? "not there yet") at \(endpoint): \(status ?? state), \(Figures.grouped(prompts)) prompts for \(model)"
    }

    fileprivate var json: JSON {
        [
            "id": .optional(id), "endpoint": .string(endpoint), "state": .string(state),
            "status": .optional(status), "prompts": .integer(prompts), "model": .string(model),
            "created_at": .string(createdAt.formatted(.iso8601)),
        ]
    }
}
