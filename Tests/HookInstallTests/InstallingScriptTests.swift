import Foundation
import HookInstall
import Testing

struct `The scripts that are installed` {
    @Test(arguments: HookName.allCases)
    func `are the files in hooks`(name: HookName) throws {
        let file = deliveredHooks + "/" + name.rawValue
        #expect(FileManager.default.contents(atPath: file).map(Array.init) == HookScript.source(of: name))
        #expect(FileManager.default.isExecutableFile(atPath: file))
    }

    @Test func `share one file that runs what was there before, in the same words`() throws {
        #expect(FileManager.default.contents(atPath: deliveredHooks + "/before").map(Array.init) == HookScript.runner)
        for name in HookName.allCases {
            let text = String(decoding: HookScript.source(of: name), as: UTF8.self)
            #expect(text.contains("vocero_before=${0%/*}/\(name.rawValue)\n"))
            #expect(text.contains("run_before \"$@\" || exit\n"))
            #expect(!text.contains("vocero_shell"))
            #expect(text.split(separator: "\n").count <= 60)
        }
    }

    @Test(arguments: HookName.allCases)
    func `begin with a shebang, a sentence and a version`(name: HookName) throws {
        let lines = String(decoding: HookScript.source(of: name), as: UTF8.self).split(separator: "\n")
        #expect(lines[0] == "#!/bin/sh")
        #expect(lines[1].hasPrefix("# ") && lines[1].hasSuffix("."))
        #expect(lines[2] == "# vocero-hook \(HookScript.version)")
        #expect(lines[3] == "vocero=vocero")
    }

    static let paths = [
        "/usr/bin/vocero", "/a b/vocero", "/it's/vocero", "/'/''/vocero'", "/ñandú/vocero", "/new\nline/vocero",
        "/back\\slash/vocero", "/dollar$HOME`x`/vocero", "/# installed 0/vocero", "/quote\"s/vocero",
    ]

    @Test(arguments: paths)
    func `name the program by any path, and are recognised`(program: String) async throws {
        for name in HookName.allCases {
            let bytes = HookScript(name, program: program, directoriesMade: 2).bytes
            #expect(
                HookScriptIdentity(of: bytes)
                    == .installed(version: HookScript.version, program: program, directoriesMade: 2))
        }
        let bench = try await HookBench.make()
        let run = try await bench.run(["sh", "-c", "printf %s " + ShellWord.quoted(program)])
        #expect(run.output == program)
    }

    @Test func `are foreign, copied or edited when they are not as they were installed`() {
        let source = HookScript.source(of: .prePush)
        #expect(HookScriptIdentity(of: source) == .copied(version: HookScript.version))
        #expect(HookScriptIdentity(of: Array("#!/bin/sh\nexit 0\n".utf8)) == .foreign)
        #expect(HookScriptIdentity(of: []) == .foreign)
        #expect(HookScriptIdentity(of: Array("# vocero-hook 1\n".utf8)) == .foreign)
        #expect(HookScriptIdentity(of: Array("# vocero-hook 1\nvocero='open\n".utf8)) == .foreign)
        let installed = HookScript(.prePush, program: "/bin/vocero").bytes
        #expect(HookScriptIdentity(of: installed + Array("# mine\n".utf8)) == .edited(version: HookScript.version))
        let text = String(decoding: installed, as: UTF8.self)
        for (from, to) in [("/bin/vocero'", "/bin/other'"), ("exit 0", "exit 1"), (" # installed ", " # mine ")] {
            let edited = Array(text.replacing(from, with: to).utf8)
            #expect(HookScriptIdentity(of: edited) == .edited(version: HookScript.version))
        }
    }

    @Test(arguments: [0, 2, 17])
    func `of other versions are recognised by their seal`(version: Int) {
        let source = Array("#!/bin/sh\n# Another one.\n# vocero-hook \(version)\nvocero=vocero\nexit 0\n".utf8)
        let bytes = HookScript.sealed(source, program: "/bin/vocero", directoriesMade: 0)
        #expect(
            HookScriptIdentity(of: bytes)
                == .installed(version: version, program: "/bin/vocero", directoriesMade: 0))
    }

    @Test func `are named by their own names only`() throws {
        #expect(try HookName.named([], default: [.prePush]) == [.prePush])
        #expect(try HookName.named(["pre-push", "commit-msg", "pre-push"], default: []) == [.prePush, .commitMessage])
        let error = #expect(throws: HookError.self) { try HookName.named(["pre-comit"], default: []) }
        #expect(error?.kind == .badInput)
        #expect(HookName.allCases.allSatisfy { error?.message.contains($0.rawValue) ?? false })
    }

    @Test(arguments: [
        ("git version 2.39.5\n", GitVersion(2, 39, 5)), ("git version 2.54.0.rc1\n", GitVersion(2, 54, 0)),
        ("git version 2.55.0 (Apple Git-155)", GitVersion(2, 55, 0)), ("git version 3.0", GitVersion(3, 0)),
    ])
    func `ask a git that says its version`(output: String, version: GitVersion) {
        #expect(GitVersion(output: output) == version)
        #expect(version.hasConfiguredHooks == (version.numbers[0] > 2 || version.numbers[1] >= 54))
    }
}
