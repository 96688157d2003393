internal import Application
internal import ArgumentParser
internal import JSON
internal import Services
internal import Settings

/// `vocero services`
struct ServicesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "services",
        abstract: "Start, stop and look at the private database and the local model servers.",
        discussion: """
            They start by themselves when they are needed and stay for the next command. Examples:

              vocero services status
              vocero services start
              vocero services stop
            """,
        subcommands: [ServicesStart.self, ServicesStop.self, ServicesStatus.self])
}

struct ServicesStart: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "start", abstract: "Start what is installed and needed.")

    @Argument(help: "database, speech, embeddings; all when left out.") var names: [ServiceName] = []
    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let console = options.console
        let context = try await options.context(console, needsRepository: false)
        for name in names.isEmpty ? ServiceName.allCases : names {
            switch name {
            case .database:
                guard context.settings.databaseURL == nil else {
                    console.notice("a database is configured: the private one is not started")
                    continue
                }
                _ = try await context.cluster.connectionString { console.progress($0) }
            case .speech, .embeddings:
                let engine = context.engine(name)
                guard engine.isInstalled || !names.isEmpty else {
                    console.notice("the local \(name.rawValue) server is not installed: run scripts/setup")
                    continue
                }
                _ = try await engine.address { console.progress($0) }
            }
            console.clearProgress()
            try console.writeLine("\(name.rawValue): \(context.status(of: name).words)")
        }
    }
}

struct ServicesStop: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "stop", abstract: "Stop what runs.")

    @Argument(help: "database, speech, embeddings; all when left out.") var names: [ServiceName] = []
    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let console = options.console
        let context = try await options.context(console, needsRepository: false)
        for name in names.isEmpty ? ServiceName.allCases : names {
            let stopped =
                switch name {
                case .database: try await context.cluster.stop()
                case .speech, .embeddings: try await context.engine(name).stop()
                }
            try console.writeLine("\(name.rawValue): \(stopped ? "stopped" : "was not running")")
        }
    }
}

struct ServicesStatus: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "status", abstract: "Say what runs, and where.")

    @Flag(help: "Print one JSON object.") var json = false
    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let console = options.console
        let context = try await options.context(console, needsRepository: false)
        if json {
            let members = ServiceName.allCases.map { ($0.rawValue, context.status(of: $0).json) }
            let object = JSON.object(Dictionary(members, uniquingKeysWith: { first, _ in first }))
            return try console.writeLine(object.text(pretty: true))
        }
        for name in ServiceName.allCases {
            try console.writeLine("\(name.rawValue): \(context.status(of: name).words)")
        }
    }
}

extension ServiceName: ExpressibleByArgument {}

extension ServiceStatus {
    var words: String {
        switch self {
        case .running(let process, let address): "running at \(address) (process \(process))"
        case .starting(let process): "starting (process \(process))"
        case .stopped: "stopped"
        case .absent: "not there yet"
        }
    }
}
