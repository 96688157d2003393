import FoundationEssentials
import JSON
import TestSupport
import Testing

/// The project's recordings, through the real local Whisper, from a repository such as they were made for.
@Suite(.serialized, LocalWhisper())
struct `Every sample` {
    @Test(arguments: Samples.all)
    func `is understood`(sample: Sample) async throws {
        let vocero = try LocalWhisper.program
        let output = try await vocero("transcribe", "--language", sample.language, Samples.path(sample.name))
        #expect(output.status == 0, "\(output)")
        let heard = Self.words(output.output)
        let missing = Self.words(sample.text).filter { !heard.contains($0) }
        #expect(missing == [], "heard: \(output.output)")
    }

    @Test func `is in the list of what is said`() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: Samples.directory)
        #expect(files.filter { $0.hasSuffix(".wav") }.sorted() == Samples.all.map(\.name))
    }

    @Test(arguments: [
        ("last-commits.wav", "en", "The last 3 of 4 commits"),
        ("resume-ultimos-commits.wav", "es", "Los últimos 3 de 4 commits"),
    ])
    func `is asked of the repository and remembered with its meaning`(
        name: String, language: String, beginning: String
    ) async throws {
        let vocero = try LocalWhisper.program
        let output = try await vocero(
            "ask", "--json", "--session", name, "--language", language, "--audio", Samples.path(name))
        #expect(output.status == 0, "\(output)")
        #expect(try output.json["transcript"]?.string?.contains("commits") == true)
        let answer = try output.json["answer"]?.string ?? ""
        #expect(answer.hasPrefix(beginning), "\(output)")
        for subject in ["Añade las notas de la reunión", "Explain the installation", "Parse HTTP responses"] {
            #expect(answer.contains(subject))
        }
        let messages = try await vocero("history", "--json", "--session", name).json.array ?? []
        #expect(messages.compactMap { $0["role"]?.string } == ["user", "assistant"])
        #expect(messages.allSatisfy { $0["embedding_model"]?.string?.contains("e5") == true }, "\(messages)")
    }

    /// What carries the meaning: the beginnings of the longer words, for a small model hears "change" for "changed",
    /// without case and accents, numbers in words.
    private static func words(_ text: String) -> Set<String> {
        let digits = ["2": "two", "3": "three"]
        let accents: [Character: Character] = ["á": "a", "é": "e", "í": "i", "ó": "o", "ú": "u", "ü": "u"]
        let folded = String(text.lowercased().map { accents[$0] ?? $0 })
        let words = folded.split { !$0.isLetter && !$0.isNumber }.map { digits[String($0)] ?? String($0) }
        return Set(words.filter { $0.count >= 5 }.map { String($0.prefix(5)) })
    }
}

/// One home with the installed model servers for a whole suite; stopped at its end.
struct LocalWhisper: SuiteTrait, TestScoping {
    @TaskLocal private static var value: VoceroProgram?

    static var program: VoceroProgram {
        get throws { try #require(value, "scripts/setup installs the local speech server: run it first") }
    }

    @concurrent func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @concurrent @Sendable () async throws -> Void
    ) async throws {
        let project = try await Project.make()
        let vocero = try await VoceroProgram.installed(
            in: project.repository.path, only: ["engines", "speech"],
            environment: ["DATABASE_URL": try await TestDatabase.make().connectionString])
        let isInstalled = FileManager.default.fileExists(atPath: vocero.home + "/opt/speech/whisper-base")
        try await Self.$value.withValue(isInstalled ? vocero : nil) { try await function() }
        try await vocero("services", "stop", "speech", "embeddings")
    }
}
