import JSON
import TestSupport
import Testing

/// A request, what the answer must and must not say, and the tools it must have used.
struct OfflineAsk: Sendable, CustomTestStringConvertible {
    let request: String
    let says: [String]
    var lacks: [String] = []
    let tools: [String]

    var testDescription: String { request }

    init(_ request: String, says: [String], lacks: [String] = [], tools: [String]) {
        self.request = request
        self.says = says
        self.lacks = lacks
        self.tools = tools
    }
}

@Suite(.sharedProject)
struct `vocero ask without a model` {
    static let first = "Describe the project"
    static let second = "Parse HTTP responses"
    static let third = "Explain the installation"
    static let fourth = "Añade las notas de la reunión"

    static let english = [
        OfflineAsk(
            "Summarize the last two commits.",
            says: [fourth, third, "Author One", "Author Beta", "last 2 of 4 commits"],
            lacks: [second], tools: ["git_log"]),
        OfflineAsk(
            "show the commits by Author Beta", says: [fourth, second], lacks: [first, third], tools: ["git_log"]),
        OfflineAsk("show the commits since 2026-03-01", says: [third, fourth], lacks: [second], tools: ["git_log"]),
        OfflineAsk(
            "What changed between v1.0 and main?", says: ["parser.swift", "notas.md", "README.md"],
            tools: ["git_diff"]),
        OfflineAsk("What changed since v1.0?", says: [second, third, fourth], lacks: [first], tools: ["git_log"]),
        OfflineAsk("What changed in README.md?", says: [first, third], lacks: [second], tools: ["git_log"]),
        OfflineAsk(
            "Who wrote README.md?", says: ["Author One <", "in `README.md`"], lacks: ["Beta"],
            tools: ["git_contributors"]),
        OfflineAsk("Who last changed parser.swift?", says: ["Author Beta", second], tools: ["git_log"]),
        OfflineAsk("Who last changed the readme?", says: ["Author One", "README.md", third], tools: ["git_log"]),
        OfflineAsk("Who are the authors?", says: ["Author One", "Author Beta"], tools: ["git_contributors"]),
        OfflineAsk("How many commits did Author Beta make?", says: ["2 commits by Author Beta."], tools: ["git_log"]),
        OfflineAsk("commits on feature/login", says: ["on feature/login"], tools: ["git_log"]),
        OfflineAsk("first 1 lines of README.md", says: ["lines 1 to 1 of"], tools: ["file_read"]),
        OfflineAsk("who wrote line 1 of README.md?", says: ["Line 1: Author One"], tools: ["git_blame"]),
        OfflineAsk("How many commits are there?", says: ["4 commits."], tools: ["git_log"]),
        OfflineAsk("status", says: ["main", "clean"], tools: ["git_status"]),
        OfflineAsk(
            "List the branches and tags", says: ["main (current)", "feature/login", "v1.0"],
            tools: ["git_branches", "git_tags"]),
        OfflineAsk("find \"parseHTTPResponse\"", says: ["parser.swift:1"], tools: ["file_search"]),
        OfflineAsk("find the file parser.swift", says: ["parser.swift"], tools: ["file_find"]),
        OfflineAsk("list the files", says: ["README.md", "notas.md", "parser.swift"], tools: ["file_list"]),
        OfflineAsk("read notas.md", says: ["Reunión del lunes"], tools: ["file_read"]),
        OfflineAsk("help", says: ["who has worked on README.md", "OPENAI_API_KEY"], tools: []),
    ]

    static let spanish = [
        OfflineAsk("Resume los últimos dos commits.", says: [fourth, third], lacks: [second], tools: ["git_log"]),
        OfflineAsk("los commits de Author Beta", says: [fourth, second], lacks: [first, third], tools: ["git_log"]),
        OfflineAsk("los commits desde 2026-03-01", says: [third, fourth], lacks: [second], tools: ["git_log"]),
        OfflineAsk("¿Qué cambió entre v1.0 y main?", says: ["parser.swift", "añadido"], tools: ["git_diff"]),
        OfflineAsk("¿Qué cambió en README.md?", says: [first, third], lacks: [second], tools: ["git_log"]),
        OfflineAsk(
            "¿Quién escribió README.md?", says: ["Author One <", "en `README.md`"], tools: ["git_contributors"]),
        OfflineAsk(
            "¿Quién cambió parser.swift por última vez?", says: ["Author Beta", "por última vez"], tools: ["git_log"]),
        OfflineAsk("¿Cuál es el estado del repositorio?", says: ["En la rama main", "limpio"], tools: ["git_status"]),
        OfflineAsk(
            "Lista las ramas y las etiquetas", says: ["main (actual)", "feature/login", "v1.0"],
            tools: ["git_branches", "git_tags"]),
        OfflineAsk("busca «parseHTTPResponse»", says: ["parser.swift:1"], tools: ["file_search"]),
        OfflineAsk("lee notas.md", says: ["Reunión del lunes"], tools: ["file_read"]),
        OfflineAsk("ayuda", says: ["quién ha trabajado en README.md"], tools: []),
    ]

    @Test(arguments: english + spanish)
    func `answers from the repository`(ask: OfflineAsk) async throws {
        let output = try await SharedProject.current.vocero("ask", "--json", ask.request)
        #expect(output.status == 0, "\(output)")
        let answer = try #require(try output.json["answer"]?.string)
        for said in ask.says { #expect(answer.contains(said)) }
        for unsaid in ask.lacks { #expect(!answer.contains(unsaid)) }
        let delegates: Set<String> = ["github_admin", "file_admin"]
        let used = try output.json["tools"]?.array?.compactMap { $0["tool"]?.string } ?? []
        #expect(used.filter { !delegates.contains($0) && $0 != "file_find" || ask.tools.contains($0) } == ask.tools)
    }

    @Test func `the answer alone is on stdout, as Markdown`() async throws {
        let output = try await SharedProject.current.vocero("ask", "summarize the last commit")
        #expect(output.status == 0)
        #expect(output.output.contains("\n\n- `"))
        #expect(!output.output.contains("\u{1b}") && !output.output.contains("→"))
    }

    @Test func `says once on stderr that it is offline, and shows its tool calls there`() async throws {
        let output = try await SharedProject.current.vocero("ask", "status")
        #expect(output.errorLines.count { $0.contains("working offline") } == 1)
        #expect(output.errorLines.contains { $0.hasPrefix("→ github_admin: git_status") })
    }

    @Test func `prints one object with --json and nothing else`() async throws {
        let output = try await SharedProject.current.vocero("ask", "--json", "--session", "one", "status")
        let object = try output.json
        #expect(object["session"] == "one" && object["state"] == "done" && object["stored"] == "stored")
        #expect(object["run"]?.string?.count == 36)
        #expect(object["transcript"] == .null)
        #expect(object["usage"]?["input_tokens"] == 0)
        for name in ["recall_ms", "model_ms", "tools_ms", "total_ms"] {
            #expect(object["timings"]?[name]?.integer != nil)
        }
        for tool in object["tools"]?.array ?? [] {
            #expect(tool["agent"]?.string != nil && tool["arguments"]?.object != nil && tool["state"] == "succeeded")
        }
    }

    @Test func `takes the request from standard input`() async throws {
        let output = try await SharedProject.current.vocero("ask", input: .text("how many commits are there?\n"))
        #expect(output.status == 0)
        #expect(output.output == "4 commits.\n")
    }

    @Test func `goes straight to an agent`() async throws {
        let output = try await SharedProject.current.vocero("ask", "--json", "--agent", "github_admin", "status")
        #expect(try output.json["tools"]?.array?.compactMap { $0["tool"]?.string } == ["git_status"])
    }

    @Test(arguments: [
        ("What did I ask about the installation?", "This is what I remember"),
        ("¿Qué pregunté sobre la instalación?", "Esto es lo que recuerdo"),
    ])
    func `recalls what was asked before`(request: String, beginning: String) async throws {
        let project = try await Project.make()
        for earlier in ["find \"installation\"", "busca «instalación»"] { try await project.vocero("ask", earlier) }
        let output = try await project.vocero("ask", request)
        #expect(output.status == 0)
        #expect(output.output.hasPrefix(beginning))
        #expect(output.output.contains(request.hasPrefix("W") ? "find \"installation\"" : "busca «instalación»"))
    }

    @Test func `goes on in the latest session of the repository, and says which`() async throws {
        let project = try await Project.make()
        try await project.vocero("ask", "--session", "begun", "status")
        let output = try await project.vocero("ask", "--continue", "--json", "status")
        #expect(try output.json["session"] == "begun")
        #expect(output.error.contains("session begun"))
    }

    @Test(arguments: [
        ("sing me a song", "I do not understand"), ("cántame una canción", "No entiendo"),
        ("don't delete README.md", "I do not understand"), ("¿Se puede eliminar README.md?", "No entiendo"),
        ("delete README.md?", "That is a question"), ("delete readme", "I am not sure enough"),
        ("commit everything as done and push", "put it in quotes"), ("push", "one piece is missing"),
        ("create a branch", "Which branch?"), ("commits by Nobody", "Nobody called Nobody"),
        ("commits on 2026-02-31", "is no day"),
    ])
    func `what is not understood ends with 8 and changes nothing`(request: String, reason: String) async throws {
        let project = try SharedProject.current
        let output = try await project.vocero("ask", request)
        #expect(output.status == 8 && output.output.isEmpty, "\(output)")
        #expect(output.error.contains(reason), "\(output)")
        let told = try await project.vocero("ask", "--json", request)
        #expect(told.status == 8)
        let object = try told.json
        #expect(object["understood"] == false && object["suggestions"]?.array != nil)
    }

    @Test func `what a tool cannot do is a failure`() async throws {
        let output = try await SharedProject.current.vocero("ask", "read missing.txt")
        #expect(output.status == 1 && output.error.contains("missing.txt"), "\(output)")
    }

    @Test func `explains how a request is read, and calls nothing`() async throws {
        let project = try SharedProject.current
        let output = try await project.vocero("ask", "--explain", "please show the last 2 commits by Beta")
        #expect(output.status == 0, "\(output)")
        for line in ["intent: log", "count: 2", "Beta -> author", "call: git_log"] {
            #expect(output.output.contains(line), "\(line)")
        }
        let told = try await project.vocero("ask", "--explain", "--json", "delete README.md?")
        #expect(told.status == 8)
        let object = try told.json
        #expect(object["intent"] == .null && object["suggestions"] == ["delete README.md"])
    }
}
