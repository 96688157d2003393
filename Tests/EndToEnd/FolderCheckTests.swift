import Subprocess
import SystemPackage
import TestSupport
import Testing

/// `scripts/check-folders` against modules of a few lines, compiled as a debug build does.
struct `The check of folders` {
    @Test func `finds nothing where arrows go downwards`() async throws {
        let checked = try await check([
            "Rooms/House.swift": "func house() -> Int { wall() + Brick().size }",
            "Rooms/Walls/Wall.swift": "func wall() -> Int { Brick().size }",
            "Rooms/Bricks/Brick.swift": "struct Brick { var size = 1 }",
        ])
        #expect(checked.output == "check-folders: 1 modules, 2 folders, 0 circles\n")
        #expect(checked.status == 0)
    }

    @Test func `finds a circle through an extension's member whose type is not named`() async throws {
        let checked = try await check([
            "Rooms/Walls/Wall.swift":
                "struct Wall { var brick = Brick() }; extension Brick { var isLaid: Bool { true } }",
            "Rooms/Bricks/Brick.swift": "struct Brick {}",
            "Rooms/Bricks/Pile.swift": "func pile() -> Bool { Brick().isLaid }",
        ])
        #expect(checked.status == 1)
        #expect(checked.output.contains("Sources/Rooms: a circle of Bricks, Walls\n"))
        #expect(checked.output.contains("    Bricks -> Walls: Pile.swift uses isLaid of Wall.swift\n"))
        #expect(checked.output.contains("    Walls -> Bricks: Wall.swift uses "))
        #expect(checked.output.hasSuffix("check-folders: 1 modules, 2 folders, 1 circles\n"))
    }

    @Test func `finds a circle of three through what the compiler made`() async throws {
        let checked = try await check([
            "Rooms/A/A.swift": "struct A {}; func first() -> B { .init(a: A()) }",
            "Rooms/B/B.swift": "struct B { var a: A; static func make(_ c: C) -> B { c.b } }",
            "Rooms/C/C.swift": "struct C { let b = first() }",
        ])
        #expect(checked.status == 1)
        #expect(checked.output.contains("a circle of A, B, C\n"))
        #expect(checked.output.contains("C -> A: C.swift uses first() of A.swift"))
    }

    @Test(arguments: [
        ("Rooms/Shared.swift", "Rooms/Low/Low.swift", "Sources/Rooms: a circle of (its own files), Low"),
        ("Rooms/Deep/Shared.swift", "Rooms/Deep/Low/Low.swift", "Sources/Rooms/Deep: a circle of (its own files), Low"),
        ("Rooms/A/One/Shared.swift", "Rooms/A/Two/Low.swift", "Sources/Rooms/A: a circle of One, Two"),
        ("Rooms/A/One/Shared.swift", "Rooms/B/Low.swift", "Sources/Rooms: a circle of A, B"),
    ])
    func `takes a folder's own files as one unit beside its folders`(
        top: String, low: String, circle: String
    ) async throws {
        let checked = try await check([
            top: "struct Shared { static func top() -> Int { low() } }",
            low: "func low() -> Int { Shared.top() }",
        ])
        #expect(checked.status == 1)
        #expect(checked.output.contains(circle + "\n"))
    }

    @Test func `does not take a name for a use`() async throws {
        let checked = try await check([
            "Rooms/A/A.swift": "struct A { struct Part {}; var count = 1 }",
            "Rooms/B/B.swift": "struct B { struct Part {}; let a = A(); let count = [1].count; let part = Part() }",
            "Rooms/A/C.swift": "// B is above.\nlet text = \"B()\"; let own = A.Part(); let number = A().count",
        ])
        #expect(checked.output == "check-folders: 1 modules, 2 folders, 0 circles\n")
    }

    @Test func `refuses to judge what was not built`() async throws {
        let checked = try await check(["Rooms/A/A.swift": "struct A {}"], unbuilt: ["Rooms/B/B.swift": "let a = A()"])
        #expect(checked.status == 1)
        #expect(checked.output == "")
        #expect(checked.complaint.contains("1 files changed since they were built"))
    }

    private struct Checked {
        let output, complaint: String
        let status: Int32
    }

    private func check(_ files: [String: String], unbuilt: [String: String] = [:]) async throws -> Checked {
        let root = try TemporaryDirectory()
        let paths = try files.map { try root.write("Sources/" + $0.key, $0.value) }
        let built = try await run(
            "swiftc",
            ["-c", "-module-name", "Rooms", "-parse-as-library", "-index-ignore-system-modules"]
                + ["-index-store-path", root.file(".build/debug/index/store")] + paths.sorted(), in: root)
        try #require(built.status == 0, "\(built.complaint)")
        for (name, text) in unbuilt { try root.write("Sources/" + name, text) }
        return try await run(Samples.directory + "/../scripts/check-folders", ["--root", root.path], in: root)
    }

    private func run(_ program: String, _ arguments: [String], in root: TemporaryDirectory) async throws -> Checked {
        let ended = try await Subprocess.run(
            .name("env"), arguments: Arguments(["--", program] + arguments), workingDirectory: FilePath(root.path),
            output: .string(limit: 1 << 16), error: .string(limit: 1 << 16))
        guard case .exited(let status) = ended.terminationStatus else { throw Failed() }
        return Checked(output: ended.standardOutput, complaint: ended.standardError, status: status)
    }

    private struct Failed: Error {}
}
