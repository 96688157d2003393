import JSON
import TestSupport
import Testing

@Suite(.sharedProject)
struct `Looking around` {
    @Test func `config says each setting, its value and where it came from, and no secret`() async throws {
        var vocero = try SharedProject.current.vocero
        vocero.environment["OPENAI_API_KEY"] = "sk-test-0123456789abcdefghijklmn"
        vocero.environment["VOCERO_CHAT_MODEL"] = "some-model"
        let output = try await vocero("config", "--json")
        let model = try output.json["chat.model"]
        #expect(model?["value"] == "some-model")
        #expect(model?["source"]?.string?.contains("VOCERO_CHAT_MODEL") == true)
        #expect(!output.output.contains("0123456789abcdefghijklmn"))
    }

    @Test func `config of a setting that does not exist is a usage error`() async throws {
        let output = try await SharedProject.current.vocero("config", "chat.colour")
        #expect(output.status == 64 && output.output == "", "\(output)")
    }

    @Test func `agents lists the five agents with their tools`() async throws {
        let output = try await SharedProject.current.vocero("agents")
        for agent in ["assistant", "github_admin", "file_admin", "file_consultant", "project_creator"] {
            #expect(output.output.contains("\(agent): "))
        }
        #expect(output.output.contains("git_log"))
    }

    @Test func `doctor checks each part`() async throws {
        let output = try await SharedProject.current.vocero("doctor", "--json")
        let findings = try output.json.array ?? []
        let states = Dictionary(
            findings.map { ($0["name"]?.string ?? "", $0["state"]?.string ?? "") }, uniquingKeysWith: { $1 })
        #expect(output.status == 0, "\(output)")
        #expect(states["repository"] == "good" && states["database"] == "good" && states["chat"] == "missing")
    }

    @Test func `doctor says how to mend a database that does not answer, and exits 1`() async throws {
        var vocero = try SharedProject.current.vocero
        vocero.environment["DATABASE_URL"] = "postgresql://127.0.0.1:1/none"
        let output = try await vocero("doctor", "--json")
        let finding = try output.json.array?.first { $0["name"] == "database" }
        #expect(output.status == 1, "\(output)")
        #expect(finding?["state"] == "broken" && finding?["advice"]?.string?.contains("DATABASE_URL") == true)
    }

    @Test(arguments: [["--help"], ["ask", "--help"], ["--version"], ["--generate-completion-script", "bash"]])
    func `help, version and completions go to stdout`(arguments: [String]) async throws {
        let output = try await SharedProject.current.vocero.run(arguments)
        #expect(output.status == 0 && !output.output.isEmpty && output.error == "")
    }
}
