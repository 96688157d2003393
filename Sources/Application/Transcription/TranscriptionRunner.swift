internal import FoundationEssentials
internal import Git
internal import Settings
package import Speech

/// Recordings to transcripts, with progress, for `ask` and `transcribe`.
package struct TranscriptionRunner: Sendable {
    private let context: Context
    /// Something else shows how far all is.
    private let isQuiet: Bool

    package init(context: Context, isQuiet: Bool = false) {
        self.context = context
        self.isQuiet = isQuiet
    }

    package func transcribe(_ path: String, language: String?, hint: String?, wantsSegments: Bool) async throws
        -> Transcript
    {
        let reporter = context.reporter
        let pipeline = SpeechPipeline(
            transcriber: context.transcriber(), keptPieces: context.settings.places.home + "/speech")
        let options = TranscriptionOptions(
            language: language ?? configuredLanguage, hint: hint, wantsSegments: wantsSegments)
        return try await pipeline.transcribe(path: path, options: options) { progress in
            switch progress {
            case .notice(let text): reporter.notice(text)
            case _ where isQuiet: break
            case .listened(let seconds): reporter.progress("listening: \(Int(seconds / 60)) minutes")
            case .prepared(let seconds, let pieces):
                reporter.progress(
                    "transcribing \(Int(seconds.rounded(.up))) seconds in \(pieces) \(pieces == 1 ? "piece" : "pieces")"
                )
            case .piece(let number, let count, let wasKept):
                reporter.progress("piece \(number) of \(count)\(wasKept ? " (kept from before)" : "")")
            }
        }
    }

    /// The words of the repository, in the language of the request.
    package func hint(language: String?) async throws -> String? {
        var hint = VocabularyHint(identifiers: context.settings.style.vocabulary)
        if let repository = context.repository {
            hint.repository = try await context.repositoryName().map(Repository.spokenName)
            // An unborn or odd repository has a shorter hint, and that is all.
            hint.authors = (try? await repository.contributors(limit: 10).people.map(\.name)) ?? []
            hint.branches = (try? await repository.branches(includingRemote: false, limit: 10).map(\.name)) ?? []
            hint.files = (try? await repository.trackedFiles(limit: 200)) ?? []
        }
        return hint.text(language: language ?? configuredLanguage)
    }

    /// A language that somebody chose; the locale alone says nothing about a recording.
    private var configuredLanguage: String? {
        guard let line = context.settings.all.first(where: { $0.name == "language" }) else { return nil }
        switch line.source {
        case .default, .environment("LANG"), .environment("LC_ALL"), .environment("LC_MESSAGES"): return nil
        default: return context.settings.style.language.rawValue
        }
    }
}
