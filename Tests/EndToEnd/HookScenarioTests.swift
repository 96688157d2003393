import Synchronization
import TestSupport
import Testing

@Suite(.countedScenarios)
struct `Hook scenarios` {
    @Test(arguments: HookScenario.all)
    func `play as they are written`(scenario: HookScenario) async throws {
        ScenarioCount.current?.add(ran: 1)
        let output = try await HookPlayground(scenario).output()
        if let difference = scenario.expected.difference(from: output) {
            Issue.record("\(scenario.name): \(scenario.sentence)\n\(difference)")
        } else {
            ScenarioCount.current?.add(passed: 1)
        }
    }

    @Test func `can all be read, and are more than sixty`() {
        #expect(HookScenario.all.count == HookScenario.fileCount)
        #expect(HookScenario.all.count > 60)
    }

    @Test(arguments: [
        ("a", "a", true), ("a", "b", false), ("a b c", "a … c", true), ("a c", "a …c", true), ("x", "…", true),
        ("", "…", true), ("at 1a2b3c4.", "at <id>.", true), ("at 1a2b.", "at <id>.", false), ("ab", "a", false),
        ("a", "ab", false), ("a… b", "a… b", true),
    ])
    func `compare lines by their wildcards`(line: String, pattern: String, isSame: Bool) {
        #expect(ExpectedOutput.matches(line[...], pattern[...]) == isSame)
    }

    @Test(arguments: [
        ("a\nb\n", "a\nb", true), ("a\nb\n", "a", false), ("a\n", "a\nb", false), ("a\nx\ny\nb\n", "a\n…\nb", true),
        ("a\nb\n", "a\n…\nb", true), ("a\nb\n", "…", true), ("", "…", true), ("", "", true),
        ("a\nb\na\nc\n", "…\na\nc", true), ("a\nkey\n", "…\n! key", false),
    ])
    func `compare outputs by their wildcards`(output: String, expected: String, isSame: Bool) {
        let lines = expected.split(separator: "\n", omittingEmptySubsequences: false)
        #expect((ExpectedOutput(lines: lines).difference(from: output) == nil) == isSame)
    }
}

/// Counts a suite's scenarios and prints the numbers at its end.
final class ScenarioCount: SuiteTrait, TestScoping {
    @TaskLocal static var current: ScenarioCount?

    private let counts = Mutex((ran: 0, passed: 0))

    func add(ran: Int = 0, passed: Int = 0) {
        counts.withLock { counts in
            counts.ran += ran
            counts.passed += passed
        }
    }

    @concurrent func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @concurrent @Sendable () async throws -> Void
    ) async throws {
        let count = ScenarioCount()
        try await Self.$current.withValue(count) { try await function() }
        let (ran, passed) = count.counts.withLock { $0 }
        print("hook scenarios: \(ran) run, \(passed) passed")
    }
}

extension Trait where Self == ScenarioCount {
    static var countedScenarios: ScenarioCount { ScenarioCount() }
}
