import Assistant
import JSON
import Synchronization
import Testing

/// Has so many uses for all runs, or none to be had from a store that is away.
private final class FixedUses: UseLimit {
    private let state: Mutex<(left: Int?, asked: [String])>

    init(_ left: Int?) { state = Mutex((left, [])) }

    var asked: [String] { state.withLock { $0.asked } }

    func takeUse(of grant: PolicyGrant) async throws(JournalError) -> Bool {
        let left = state.withLock { state in
            state.asked.append(grant.tool)
            defer { state.left = state.left.map { max(0, $0 - 1) } }
            return state.left
        }
        guard let left else { throw JournalError(.unavailable, "the store is away") }
        return left > 0
    }
}

struct `The uses of a policy that many runs share` {
    private let write = CountingTool("file_create", .writeLocal)
    private let journal = ListJournal()

    /// One run that writes `count` files.
    private func run(_ uses: FixedUses, max: Int? = 2, count: Int = 1) async -> Answer {
        let calls = (0..<count).map { ScriptedModel.calls(("file_create", #"{"path":"docs/\#($0)"}"#)) }
        let grant = PolicyGrant(
            tool: "file_create", repositories: [PathPattern("*")], paths: [PathPattern("docs/**")], maxUses: max)
        return await Assistant.forTest(
            ScriptedModel(calls + [ScriptedModel.text("ok")]), tools: [write], journal: journal,
            policy: Policy(file: PolicyFile(grants: [grant])), uses: uses
        ).handle(Request(text: "write"))
    }

    @Test func `are what counts, not those of the run`() async {
        let uses = FixedUses(3)
        let answer = await run(uses, max: 2, count: 4)
        #expect(write.count == 3)
        #expect(answer.parked.map(\.reason) == ["the policy allows file_create 2 times in a batch"])
    }

    @Test func `are not taken for a grant without bound`() async {
        let uses = FixedUses(0)
        #expect(await run(uses, max: nil).state == .done)
        #expect(write.count == 1)
        #expect(uses.asked == [])
    }

    @Test func `are not taken for what the grant does not cover`() async {
        let uses = FixedUses(1)
        let grant = PolicyGrant(tool: "file_create", repositories: [PathPattern("*")], maxUses: 1)
        let model = ScriptedModel([
            ScriptedModel.calls(("file_create", #"{"path":"src/a"}"#)), ScriptedModel.text("ok"),
        ])
        let answer = await Assistant.forTest(
            model, tools: [write], policy: Policy(file: PolicyFile(grants: [grant])), uses: uses
        ).handle(Request(text: "write"))
        #expect(answer.state == .parked)
        #expect(uses.asked == [])
    }

    @Test func `that could not be counted change nothing`() async {
        let answer = await run(FixedUses(nil))
        #expect(answer.failure == .journal(JournalError(.unavailable, "the store is away")))
        #expect(write.count == 0)
        #expect(!journal.entries.contains(.call("file_create", .executing)))
    }
}
