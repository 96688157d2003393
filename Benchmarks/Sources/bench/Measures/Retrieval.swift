import FoundationEssentials
import Glibc

/// How often the first hit of `vocero search` is the paragraph that answers: XQuAD's 240 paragraphs as answers of a chat
/// model, the first question of each in English and in Spanish, with the local embedding model; all 1,190 questions with
/// `BENCH_ALL_QUESTIONS` set.
struct RetrievalBench {
    /// `text` of a question, and the paragraph that answers it.
    private struct Question {
        let text: String
        let paragraph: Int
    }

    private let vocero: Program
    private let paragraphs: [String]
    private let questions: [(language: String, goal: Double, all: [Question])]
    private let server: LoopbackServer

    /// - Parameters:
    ///   - vocero: the release program.
    ///   - installed: what scripts/setup installed: `opt` of a data directory.
    ///   - data: the directory with `xquad.en.json` and `xquad.es.json`.
    /// - Throws: when the data are not there.
    init(vocero: String, installed: String, data: String) throws {
        let english = try Self.read("\(data)/xquad.en.json")
        let spanish = try Self.read("\(data)/xquad.es.json")
        let paragraphs = english.paragraphs
        self.paragraphs = paragraphs
        questions = [("English", 0.946, english.questions), ("Spanish", 0.892, spanish.questions)]
        server = try LoopbackServer(keepsEvents: true) { request in
            let body = String(decoding: request.body, as: UTF8.self)
            // The last number that was asked for is this request's.
            let number = body.ranges(of: "item no. ").last.flatMap {
                Int(body[$0.upperBound...].prefix { $0.isNumber })
            }
            return Self.reply(number.map { paragraphs[$0] } ?? "?")
        }
        let home = Scratch.directory + "/home"
        guard mkdir(home, 0o755) == 0, symlink(installed, home + "/opt") == 0 else {
            throw BenchmarkError("\(home) cannot be made")
        }
        var environment = ["LC_ALL": "C.UTF-8", "HOME": Scratch.directory, "VOCERO_HOME": home]
        if let path = getenv("PATH") { environment["PATH"] = String(cString: path) }
        environment["VOCERO_CONFIG"] = home + "/config"
        environment["VOCERO_CHAT_URL"] = server.url
        environment["VOCERO_CHAT_KEY"] = "bench"
        environment["VOCERO_CHAT_MODEL"] = "bench"
        self.vocero = Program(path: vocero, environment: environment)
    }

    func measure(_ report: inout Report) throws {
        defer { _ = try? vocero.run(["services", "stop"]) }
        let lines = paragraphs.indices.map { #"{"prompt":"item no. \#($0)"}"# + "\n" }.joined()
        let prompts = try Scratch.write(lines, to: "paragraphs.jsonl")
        _ = try vocero.run(["batch", "run", prompts, "-C", Scratch.directory])
        _ = try vocero.run(["db", "embed"])
        let known = Dictionary(paragraphs.enumerated().map { ($1, $0) }) { first, _ in first }
        for (language, goal, all) in questions {
            var (first, lost) = (0, 0)
            for question in all {
                let found = try hit(question.text)
                if found.flatMap({ known[$0] }) == question.paragraph { first += 1 }
                if found == nil { lost += 1 }
            }
            let share = Double(first) / Double(all.count)
            report.add(
                "\(all.count) questions in \(language) over \(paragraphs.count) English answers: first hit",
                vocero: "\(first)", beside: lost == 0 ? "" : "\(lost) without any hit", result: share.shown(4),
                goal: goal.shown(3), isMet: share >= goal - 0.0005)
        }
    }

    private func hit(_ question: String) throws -> String? {
        struct Hit: Decodable { let content: String }
        let output = try vocero.run(["search", "--json", "--limit", "1", "--", question]).output
        return try JSONDecoder().decode([Hit].self, from: Data(output)).first?.content
    }

    private static func reply(_ text: String) -> LoopbackServer.Reply {
        let content = (try? JSONEncoder().encode(text)).map { String(decoding: $0, as: UTF8.self) } ?? "\"\""
        let body =
            #"{"id":"c","model":"bench","choices":[{"index":0,"finish_reason":"stop","message":"#
            + #"{"role":"assistant","content":\#(content)}}],"usage":{"prompt_tokens":900,"completion_tokens":12}}"#
        return LoopbackServer.Reply(contentType: "application/json", body: Array(body.utf8))
    }

    private static func read(_ file: String) throws -> (paragraphs: [String], questions: [Question]) {
        struct Article: Decodable {
            struct Paragraph: Decodable {
                struct Asked: Decodable { let question: String }
                let context: String
                let qas: [Asked]
            }
            let paragraphs: [Paragraph]
        }
        struct File: Decodable { let data: [Article] }
        let all = try JSONDecoder().decode(File.self, from: Data(Scratch.read(file).utf8)).data.flatMap(\.paragraphs)
        let most = getenv("BENCH_ALL_QUESTIONS") == nil ? 1 : Int.max
        let questions = all.enumerated().flatMap { number, paragraph in
            paragraph.qas.prefix(most).map { Question(text: $0.question, paragraph: number) }
        }
        return (all.map(\.context), questions)
    }
}
