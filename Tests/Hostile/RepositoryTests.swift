import FoundationEssentials
import Glibc
import TestSupport
import Testing

/// A clone or an archive, and a person who looks at it with every command that reads.
@Suite(.serialized) struct `A hostile repository` {
    @Test(arguments: [true, false])
    func `runs nothing, receives nothing and writes nothing`(isFenced: Bool) async throws {
        let playground = try await HostilePlayground.make()
        let all = try HostileRepository.all()
        let through = isFenced ? [] : [try Self.withoutLandlock]
        let outcomes = try await withThrowingTaskGroup(of: HostilePlayground.Outcome.self) { group in
            var outcomes: [HostilePlayground.Outcome] = []
            for (number, hostile) in all.enumerated() {
                if number >= 4, let outcome = try await group.next() { outcomes.append(outcome) }
                group.addTask { try await playground.play(hostile, number: number, through: through) }
            }
            for try await outcome in group { outcomes.append(outcome) }
            return outcomes
        }
        for outcome in outcomes {
            #expect(outcome.marks == [], "\(outcome.name)")
            #expect(outcome.changed == [], "\(outcome.name)")
            #expect(outcome.hung == [], "\(outcome.name)")
        }
        #expect(playground.canary.connectionCount == 0)
        #expect(playground.database.connectionCount == 0)
        let statuses = outcomes.flatMap(\.statuses)
        print(
            "hostile repositories: \(all.count), commands run in them: \(statuses.count), \(isFenced ? "with" : "without") "
                + "Landlock: marks \(outcomes.flatMap(\.marks).count), written outside \(outcomes.flatMap(\.changed).count), "
                + "canary connections \(playground.canary.connectionCount), passwords asked for "
                + "\(playground.database.passwordCount), hung \(outcomes.flatMap(\.hung).count)")
    }

    /// Beside the tests' own program: the package builds it.
    private static var withoutLandlock: String {
        get throws {
            let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
            for file in [own] + CommandLine.arguments {
                let path = String(file[..<(file.lastIndex(of: "/") ?? file.startIndex)]) + "/WithoutLandlock"
                if access(path, X_OK) == 0 { return path }
            }
            throw CocoaError(.fileNoSuchFile)
        }
    }
}
