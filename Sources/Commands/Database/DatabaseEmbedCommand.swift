internal import Application
internal import ArgumentParser
internal import Assistant

/// `vocero db embed`
struct DatabaseEmbed: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "embed", abstract: "Give every message its embedding now, and wait for it.",
        discussion: """
            A process in the background does it by itself after whatever stores messages, unless \
            `vocero.embeddings.background` is false. Until a message has its embedding it is found by its words only.
            """)

    @Option(help: ArgumentHelp("Spend no more than this at the embeddings endpoint.", valueName: "usd"))
    var maxCost: Double?
    /// As that process: at the lowest priority, waiting for an endpoint that is away, without a word when all is well.
    @Flag(help: .hidden) var background = false
    @Flag(help: .hidden) var startNothing = false
    @OptionGroup var options: GlobalOptions

    func validate() throws {
        if let maxCost, !(maxCost >= 0) { throw ValidationError("--max-cost takes US dollars, such as 0.50.") }
    }

    func run() async throws {
        if background { LowPriority.take() }
        let console = options.console
        let context = try await options.context(console)
        let ending = try await EmbeddingRun(
            context, isBackground: background, maxCost: maxCost, starting: startNothing ? .nothing : .servers
        ).run { if !background { console.progress("\($0) embeddings filled in") } }
        console.clearProgress()
        if background {
            if let trouble = ending.trouble { console.notice(Failure(trouble).onOneLine.message) }
            return
        }
        if let trouble = ending.trouble {
            var failure = Failure(trouble)
            failure.message = "\(words(ending)): \(failure.message)"
            throw failure
        }
        try console.writeLine(words(ending))
        if ending.isOutOfMoney { throw Failure(.limitReached, "the rest would cost more than --max-cost allows") }
    }

    private func words(_ ending: EmbeddingRun.Ending) -> String {
        var words = "filled in \(ending.filled)"
        if ending.waiting > 0 { words += ", \(ending.waiting) wait" }
        if ending.refused > 0 { words += ", \(ending.refused) were not taken by the model" }
        return words
    }
}
