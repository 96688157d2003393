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

    @Test func `has every tool that an agent is given`() async throws {
        let names = Set(try await Self.all().map(\.description.name)).union(["result_read"])
        for agent in AgentRoster.standard.all {
            #expect(Set(agent.toolNames).subtracting(names) == [], "\(agent.name)")
        }
    }

    @Test func `gives each tool to an agent`() async throws {
        let given = Set(AgentRoster.standard.all.flatMap(\.toolNames))
        #expect(Set(try await Self.all().map(\.description.name)).subtracting(given) == [])
    }

    @Test func `names the tools that write for policy files`() async throws {
        let writing = try await Self.all().filter { !$0.effect.isRead }.map(\.description.name)
        #expect(Set(writing) == Toolbox.writingToolNames)
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
