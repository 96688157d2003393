internal import Application
internal import ArgumentParser
internal import Assistant
internal import Batch
internal import BatchQueue
internal import FoundationEssentials
internal import JSON

/// `vocero batch status`
struct BatchStatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show how batches stand, or one of them with what went wrong.",
        discussion: """
            Examples:

              vocero batch status
              vocero batch status prompts
              vocero batch status --json | jq '.[] | select(.state == "paused")'
            """)

    @Argument(help: ArgumentHelp("Its name, path or the beginning of its id.", valueName: "batch"))
    var batch: String?

    @Flag(help: "Print JSON on stdout: an object for one batch, an array for all.")
    var json = false

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let context = try await Context.make(options)
        try await context.withStore { store in
            let batches = store.batches(of: context)
            guard let batch else { return try list(try await batches.all(), context.console) }
            let status = try await context.batch(batch, in: batches)
            let workers = try await batches.workers(of: status.id)
            let remote = try await batches.openRemoteBatches(of: status.id)
            let troubled = try await batches.troubled(status.id, limit: 20)
            if json {
                var members = status.json.object ?? [:]
                members["workers"] = .array(workers.map(\.json))
                members["remote"] = .array(remote.map(\.json))
                members["troubled"] = .array(
                    troubled.map {
                        [
                            "name": .string($0.name), "state": .string($0.state.rawValue),
                            "error": .string($0.error ?? ""),
                        ]
                    })
                return try context.console.writeLine(JSON.object(members).text(pretty: true))
            }
            try show(status, workers, remote, troubled, context.console)
        }
    }

    private func list(_ all: [BatchStatus], _ console: Console) throws {
        if json { return try console.writeLine(JSON.array(all.map(\.json)).text(pretty: true)) }
        guard !all.isEmpty else { return console.notice("there are no batches; `vocero batch run DIR` begins one") }
        for status in all {
            let id = status.id.uuidString.lowercased().prefix(13)
            try console.writeLine("\(id)  \(status.stateText)  \(status.countsText)  \(status.name)")
        }
    }

    private func show(
        _ status: BatchStatus, _ workers: [BatchWorkerStatus], _ remote: [StoredRemoteBatch],
        _ troubled: [StoredBatchItem], _ console: Console
    ) throws {
        var lines = [
            status.name,
            "id       \(status.id.uuidString.lowercased())",
            "state    \(status.stateText)" + (status.reason.map { ": \($0)" } ?? ""),
            "items    \(status.countsText)",
            "tokens   \(Figures.grouped(status.inputTokens)) in, \(Figures.grouped(status.outputTokens)) out",
        ]
        if status.spent > 0 || status.maxCost != nil {
            var money = Figures.dollars(status.spent)
            if let most = status.maxCost { money += " of \(Figures.dollars(most))" }
            if status.reserved > 0 { money += ", \(Figures.dollars(status.reserved)) reserved" }
            if status.unsettled > 0 {
                money += ", \(Figures.dollars(status.unsettled)) perhaps spent without an answer"
            }
            lines.append("cost     \(money)")
        }
        if let output = status.output { lines.append("results  \(output)") }
        for worker in workers {
            lines.append(
                "worker   \(worker.host), process \(worker.process), \(worker.running) in hand, "
                    + "heard \(worker.silence.components.seconds) s ago")
        }
        for batch in remote { lines.append("remote   \(batch.text)") }
        for item in troubled {
            lines.append("\(item.state.rawValue)   \(SingleLine.of(item.name, columns: 300)): \(item.error ?? "")")
        }
        try console.writeLine(lines.joined(separator: "\n"))
    }
}

extension BatchStatus {
    var stateText: String {
        switch state {
        case .paused: "paused"
        case .cancelled: "cancelled"
        case .open: isReading ? "reading" : isFinished ? "finished" : self[.running] > 0 ? "working" : "waiting"
        }
    }

    var countsText: String {
        let states: [BatchItemState] = [.pending, .running, .failed, .parked, .skipped]
        let others = states.filter { self[$0] > 0 }.map { ", \(Figures.grouped(self[$0])) \($0.rawValue)" }
        return "\(Figures.grouped(self[.done])) of \(Figures.grouped(total)) done" + others.joined()
    }

    /// - `id`, `name`, `state` (`open`, `paused`, `cancelled`), `reason`, `output`, `reading`
    /// - `counts`: items by state; `total`
    /// - `max_cost`, `spent`, `reserved`, `unsettled`: US dollars
    /// - `input_tokens`, `output_tokens`, `created_at`, `changed_at`
    var json: JSON {
        var counts: [String: JSON] = [:]
        for (state, count) in self.counts { counts[state.rawValue] = .integer(count) }
        return [
            "id": .string(id.uuidString.lowercased()), "name": .string(name), "state": .string(state.rawValue),
            "reason": reason.map { .string($0) } ?? .null, "output": output.map { .string($0) } ?? .null,
            "reading": .bool(isReading), "counts": .object(counts), "total": .integer(total),
            "max_cost": maxCost.map { .number($0) } ?? .null, "spent": .number(spent), "reserved": .number(reserved),
            "unsettled": .number(unsettled), "input_tokens": .integer(inputTokens),
            "output_tokens": .integer(outputTokens), "created_at": .string(createdAt.formatted(.iso8601)),
            "changed_at": .string(changedAt.formatted(.iso8601)),
        ]
    }
}

extension StoredRemoteBatch {
    /// `batch_abc at api.openai.com: in_progress, 1,000 prompts for gpt-4.1-mini`
    var text: String {
        "\(remoteID ?? "not there yet") at \(endpoint): \(remoteStatus ?? state.rawValue), "
            + "\(Figures.grouped(lines)) prompts for \(model)"
    }

    var json: JSON {
        [
            "id": remoteID.map { .string($0) } ?? .null, "endpoint": .string(endpoint),
            "state": .string(state.rawValue), "status": remoteStatus.map { .string($0) } ?? .null,
            "prompts": .integer(lines), "model": .string(model), "created_at": .string(createdAt.formatted(.iso8601)),
        ]
    }
}

extension BatchWorkerStatus {
    var json: JSON {
        [
            "host": .string(host), "process": .integer(process), "running": .integer(running),
            "silent_seconds": .integer(Int(silence.components.seconds)),
        ]
    }
}
