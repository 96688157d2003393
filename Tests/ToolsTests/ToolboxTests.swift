import Assistant
import Git
import JSON
import Memory
import Postgres
import TestSupport
import Testing

@testable import Tools

struct `The toolbox` {
    /// With every tool that there is: a store is only named, not reached.
    private static func all() async throws -> [any Tool] {
        let bench = try await Workbench.make()
        let pool = PostgresPool(maxConnections: 1) { () async throws(PostgresError) in "host=/nowhere" }
        let store = MemoryStore(pool: pool, user: "tests", embedder: nil)
        let toolbox = Toolbox(
            workspace: bench.workspace, repository: try await .open(bench.repository.path),
            repositoryName: "acme/project", store: store)
        return toolbox.tools
    }

    private static func tools(of agent: Agent) -> [String] { agent.tools(among: Toolbox.declarations).map(\.name) }

    @Test func `has every tool that an agent is given`() async throws {
        let names = Set(try await Self.all().map(\.description.name)).union(["result_read"])
        for agent in AgentRoster.standard.all {
            #expect(Set(Self.tools(of: agent)).subtracting(names) == [], "\(agent.name)")
        }
    }

    @Test func `gives each tool to an agent`() async throws {
        let given = Set(AgentRoster.standard.all.flatMap(Self.tools))
        #expect(Set(try await Self.all().map(\.description.name)).subtracting(given) == [])
    }

    @Test func `names the tools that write for policy files`() async throws {
        let writing = try await Self.all().filter { !$0.effect.isRead }.map(\.description.name)
        #expect(Set(writing) == Toolbox.writingToolNames)
    }

    @Test func `declares each tool that it has, and how each that writes is taken back`() async throws {
        let names = try await Self.all().map(\.description.name)
        #expect(Toolbox.declarations.map(\.name) == names + ["result_read"])
        #expect(Set(names).count == names.count)
        // What was staged before is kept nowhere yet: staging takes nothing from the work tree.
        for tool in Toolbox.declarations where tool.name != "git_stage" {
            #expect((tool.undo == nil) == tool.effect.isRead, "\(tool.name)")
        }
    }

    @Test(arguments: [
        ("assistant", "memory_search memory_history result_read"),
        (
            "github_admin",
            """
            git_status git_log git_show git_diff git_blame git_branches git_tags git_remotes git_contributors git_commit \
            git_stage git_branch_create git_checkout git_tag_create file_list file_read file_search file_find result_read
            """
        ),
        (
            "file_admin",
            """
            file_list file_read file_search file_find file_create file_edit file_append file_move file_delete \
            directory_create git_log git_contributors result_read
            """
        ),
        ("file_consultant", "file_list file_read file_search file_find result_read"),
        (
            "project_creator",
            """
            file_list file_read file_search file_find file_create file_edit file_append file_move file_delete \
            directory_create result_read
            """
        ),
    ])
    func `gives each agent the tools of its families, in their order`(agent: String, tools: String) throws {
        let agent = try #require(AgentRoster.standard.agent(named: agent))
        #expect(Self.tools(of: agent).joined(separator: " ") == tools)
    }

    @Test func `runs again only what reads, after a crash`() async throws {
        for tool in try await Self.all() {
            #expect((tool.recovery == .read) == tool.effect.isRead, "\(tool.description.name)")
        }
    }

    @Test func `describes each parameter of each tool`() async throws {
        for tool in try await Self.all() {
            let schema = tool.description.parameters
            #expect(schema["type"] == "object" && !tool.description.summary.isEmpty)
            let properties = try #require(schema["properties"]?.object)
            for (name, property) in properties {
                #expect(property["description"]?.string?.isEmpty == false, "\(tool.description.name) \(name)")
            }
            for name in schema["required"]?.array ?? [] { #expect(properties[name.string ?? ""] != nil) }
        }
    }

    @Test func `has no git tools outside a repository and no file tools without a work tree`() async throws {
        let bench = try await Workbench.make()
        let files = Toolbox(workspace: bench.workspace, repository: nil, repositoryName: nil, store: nil)
        #expect(!files.tools.contains { $0.description.name.hasPrefix("git_") })
        let bare = Toolbox(
            workspace: nil, repository: try await .open(bench.repository.path), repositoryName: "x", store: nil)
        #expect(bare.tools.allSatisfy { $0.description.name.hasPrefix("git_") })
    }
}
