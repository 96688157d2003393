import FoundationEssentials

@testable import OfflineModel

/// The repository that the requests of the corpus are about (`Requests/README.md`).
struct FixtureNames: NameSource {
    var paths = [
        "README.md", "LICENSE", "config.yml", "Sources/parser.swift", "Sources/http/Client.swift",
        "Sources/http/retry.swift", "docs/guide.md", "docs/notas.md", "tests/ParserTests.swift", "scripts/build.sh",
    ]
    var names = ReferenceNames(
        branches: ["main", "develop", "feature/login", "hotfix-12", "release/1.2"], remoteBranches: ["origin/main"],
        tags: ["v1.0", "v1.1", "v2.0-rc1"], remotes: ["origin", "upstream"], current: "main")
    var authors = ["Ada Lovelace", "Grace Hopper", "Alan Turing", "María Núñez"]

    func files() async -> [String] { paths }

    func references() async -> ReferenceNames { names }

    func people() async -> [String] { authors }
}

extension RequestExplanation {
    var isUnderstood: Bool { intent != nil }
}

extension OfflinePlanner {
    /// A Sunday.
    static let sunday = Date(timeIntervalSince1970: 1_795_348_800)

    static func fixture(_ names: FixtureNames = FixtureNames()) -> OfflinePlanner {
        OfflinePlanner(names: names, calendar: .fixed(seconds: 0)) { sunday }
    }
}
