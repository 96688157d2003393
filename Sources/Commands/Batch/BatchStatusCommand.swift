internal import Application
internal import ArgumentParser
internal import Batch
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
        let console = options.console
        let context = try await options.context(console)
        let batches = Batches(context: context)
        guard let batch else { return try list(try await batches.all(), console) }
        let detail = try await batches.detail(of: batch)
        if json { return try console.writeLine(detail.json.text(pretty: true)) }
        try show(detail, console)
    }

    private func list(_ all: [BatchOverview], _ console: Console) throws {
        if json { return try console.writeLine(JSON.array(all.map(\.json)).text(pretty: true)) }
        guard !all.isEmpty else { return console.notice("there are no batches; `vocero batch run DIR` begins one") }
        for batch in all {
            try console.writeLine("\(batch.shortID)  \(batch.stateText)  \(batch.countsText)  \(batch.name)")
        }
    }

    private func show(_ detail: BatchDetail, _ console: Console) throws {
        let batch = detail.batch
        var lines = [
            batch.name,
            "id       \(batch.id)",
            "state    \(batch.stateText)" + (batch.reason.map { ": \($0)" } ?? ""),
            "items    \(batch.countsText)",
            "tokens   \(Figures.grouped(batch.inputTokens)) in, \(Figures.grouped(batch.outputTokens)) out",
        ]
        if batch.spent > 0 || batch.maxCost != nil { lines.append("cost     \(money(batch))") }
        if detail.waitingForEmbedding > 0 { lines.append("memory   \(waiting(detail.waitingForEmbedding))") }
        if let output = batch.output { lines.append("results  \(output)") }
        for worker in detail.workers {
            lines.append(
                "worker   \(worker.host), process \(worker.process), \(worker.running) in hand, "
                    + "heard \(worker.silentSeconds) s ago")
        }
        for remote in detail.remote { lines.append("remote   \(remote.text)") }
        for item in detail.troubled {
            lines.append("\(item.state)   \(SingleLine.of(item.name, columns: 300)): \(item.error ?? "")")
        }
        try console.writeLine(lines.joined(separator: "\n"))
    }

    private func waiting(_ count: Int) -> String {
        count == 1 ? "1 message waits for its embedding" : "\(Figures.grouped(count)) messages wait for their embedding"
    }

    private func money(_ batch: BatchOverview) -> String {
        var money = Figures.dollars(batch.spent)
        if let most = batch.maxCost { money += " of \(Figures.dollars(most))" }
        if batch.reserved > 0 { money += ", \(Figures.dollars(batch.reserved)) reserved" }
        if batch.unsettled > 0 { money += ", \(Figures.dollars(batch.unsettled)) perhaps spent without an answer" }
        return money
    }
}
