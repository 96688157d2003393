internal import Application
internal import ArgumentParser
internal import Batch

/// `vocero batch export`
struct BatchExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Make the results of a batch again, from the store, in the order of its input.",
        discussion: """
            Examples:

              vocero batch export prompts --format csv > prompts.csv
              vocero batch export prompts --format jsonl --output prompts.jsonl
              vocero batch export prompts --format files --output answers
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case files, jsonl, csv }

    @Argument(help: ArgumentHelp("Its name, path or the beginning of its id.", valueName: "batch"))
    var batch: String

    @Option(help: "files, jsonl or csv.")
    var format: Format = .jsonl

    @Option(help: ArgumentHelp("A file, or a directory for files; stdout otherwise.", valueName: "path"))
    var output: String?

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let console = options.console
        let context = try await options.context(console)
        let batches = Batches(context: context)
        switch format {
        case .files: console.notice("results are in \(try await batches.exportFiles(of: batch, to: output))")
        case .jsonl: try await write(.jsonl, batches, console)
        case .csv: try await write(.csv, batches, console)
        }
    }

    private func write(_ table: ResultTable, _ batches: Batches, _ console: Console) async throws {
        guard let output else { return try await batches.export(batch, as: table) { try console.write($0) } }
        try await batches.export(batch, as: table, to: output)
        console.notice("wrote \(output)")
    }
}
