internal import Files
internal import FoundationEssentials
internal import Services
internal import Settings
internal import Subprocess
internal import SystemPackage

/// Starts the process that fills in embeddings beside everything else: `vocero db embed --background`. It ends by itself
/// when none is missing; one that finds another at work ends at once.
package struct BackgroundFilling: Sendable {
    /// What the process may start for its work.
    package enum Starting: Sendable, Hashable {
        case servers
        /// Nothing, and no host is asked that is not asked anyway: for git hooks.
        case nothing
    }

    /// The program that knows the command, set by it: another front door, such as a test, has none.
    @TaskLocal package static var program: String?

    private let context: Context

    package init(_ context: Context) { self.context = context }

    /// False when there is to be none: switched off (`vocero.embeddings.background`), or nobody to start it.
    @discardableResult
    package func start(maxCost: Double? = nil, starting: Starting = .servers) async -> Bool {
        guard context.settings.fillsInBackground, let program = Self.program, mayWork(starting) else { return false }
        // What is not paid for is left to who may pay.
        guard context.embeddingTokens(for: maxCost) > 0 else { return true }
        var command = [program, "db", "embed", "--background", "-C", context.directory]
        if let maxCost { command += ["--max-cost", "\(maxCost)"] }
        if starting == .nothing { command.append("--start-nothing") }
        do {
            try await detach(command)
            return true
        } catch {
            if context.reporter.isVerbose {
                context.reporter.notice("embeddings are not filled in in the background: \(error)")
            }
            return false
        }
    }

    private func mayWork(_ starting: Starting) -> Bool {
        guard starting == .nothing else { return context.embedder() != nil }
        guard let endpoint = context.settings.embeddings.endpoint else {
            return context.engine(.embeddings).runningAddress != nil
        }
        guard let chat = context.settings.chat.endpoint else { return false }
        return URL(string: chat.url)?.host == URL(string: endpoint.url)?.host
    }

    /// In a session of its own, so that neither Ctrl-C nor the end of the terminal reaches it, with nothing of ours open;
    /// what it has to say goes to a log.
    private func detach(_ command: [String]) async throws {
        let log = context.settings.places.home + "/log/filling.log"
        try FileSystem.makeDirectories(context.settings.places.home + "/log")
        if let status = try? FileStatus(of: log), status.size > Self.longestLog { try? FileSystem.remove(log) }
        var updates: [Environment.Key: String?] = [:]
        // What git says to a hook is not said to this process.
        for name in Context.environment.keys where name.hasPrefix("GIT_") || name == "VOCERO_HOOK" {
            if let key = Environment.Key(rawValue: name) { updates[key] = .some(nil) }
        }
        var options = PlatformOptions()
        options.createSession = true
        let script = "umask 077; log=$1; shift; exec 2>>\"$log\" </dev/null >&2; \"$@\" &"
        _ = try await Subprocess.run(
            .path("/bin/sh"), arguments: Arguments(["-c", script, "vocero", log] + command),
            environment: .inherit.updating(updates), workingDirectory: "/", platformOptions: options,
            output: .discarded, error: .discarded)
    }

    private static let longestLog = 1 << 20
}
