import Foundation
import HookInstall
import Subprocess
import SystemPackage
import TestSupport
import Testing

/// A repository, and in the place of Vocero's program a script that records how it was called.
struct HookBench: Sendable {
    let repository: TestRepository
    /// Where git runs: the repository, or another directory beside it.
    var path: String

    /// One call of the program.
    struct Call: Hashable, Sendable {
        var hook = ""
        var arguments: [String] = []
        var input: [String] = []
    }

    struct Run: Sendable {
        let status: Int32
        let output: String
        let complaint: String
    }

    static func make(bare: Bool = false, arguments: [String] = [], programName: String = "vocero") async throws -> Self
    {
        let bench = HookBench(repository: try await TestRepository.make(bare: bare, arguments: arguments))
        try bench.put(
            bench.folder + "/bin/" + programName, mode: 0o755,
            """
            #!/bin/sh
            newline='
            '
            record="hook $VOCERO_HOOK$newline"
            for argument; do record="${record}argument $argument$newline"; done
            while IFS= read -r line; do record="${record}input $line$newline"; done
            printf '%s' "$record" >>\(ShellWord.quoted(bench.folder + "/calls"))
            echo 'the program spoke' >&2
            exit "${PROGRAM_STATUS-0}"
            """)
        return bench
    }

    private init(repository: TestRepository) {
        self.repository = repository
        path = repository.path
    }

    /// The test's own directory, which holds everything.
    var folder: String { repository.directory.path }
    var hooks: String { repository.path + "/.git/hooks" }

    func installer(gitVersion: GitVersion = GitVersion(2, 39, 5), programName: String = "vocero") -> HookInstaller {
        HookInstaller(
            directory: path, program: folder + "/bin/" + programName, scriptDirectory: folder + "/data/scripts",
            gitVersion: gitVersion, userConfiguration: folder + "/gitconfig")
    }

    /// Writes a file anywhere, with its directories.
    func put(_ file: String, mode: Int = 0o755, _ text: String) throws {
        let parent = String(file[..<(file.lastIndex(of: "/") ?? file.startIndex)])
        try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(filePath: file))
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file)
    }

    /// What the program was called for, and forgets it.
    func calls() throws -> [Call] {
        let file = folder + "/calls"
        guard let data = FileManager.default.contents(atPath: file) else { return [] }
        try FileManager.default.removeItem(atPath: file)
        var calls: [Call] = []
        for line in String(decoding: data, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false) {
            let words = line.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            let value = words.count > 1 ? words[1] : ""
            switch words[0] {
            case "hook": calls.append(Call(hook: value))
            case "argument": calls[calls.count - 1].arguments.append(value)
            case "input": calls[calls.count - 1].input.append(value)
            default: break
            }
        }
        return calls
    }

    /// A substitution ends when nobody holds its pipe any more, which descriptor 9 is. What is written to the program may
    /// be left unread: it comes from a file.
    private static let waiting =
        "exec 8>&1; file=$1; shift; left=$(cat \"$file\" 2>/dev/null | \"$@\" 9>&1 >&8 8>&-); exit $?"

    /// Runs a program and waits for what it leaves in the background too.
    @discardableResult
    func run(
        _ command: [String], in directory: String? = nil, variables: [String: String] = [:], input: String = ""
    ) async throws -> Run {
        var environment = ProcessInfo.processInfo.environment.filter {
            !$0.key.hasPrefix("GIT_") && !$0.key.hasPrefix("VOCERO") && !$0.key.hasPrefix("PRE_COMMIT")
        }
        environment["GIT_CONFIG_GLOBAL"] = folder + "/gitconfig"
        environment["GIT_CONFIG_NOSYSTEM"] = "1"
        environment["GIT_EDITOR"] = "true"
        environment["GIT_MERGE_AUTOEDIT"] = "no"
        environment.merge(variables) { $1 }
        let file = folder + "/input-\(UUID().uuidString)"
        try Data(input.utf8).write(to: URL(filePath: file))
        defer { try? FileManager.default.removeItem(atPath: file) }
        let result = try await Subprocess.run(
            .path("/bin/sh"), arguments: Arguments(["-c", Self.waiting, "sh", file] + command),
            environment: .custom(environment.map { Array("\($0.key)=\($0.value)\0".utf8) }),
            workingDirectory: FilePath(directory ?? path), input: .none, output: .string(limit: 1 << 20),
            error: .string(limit: 1 << 20))
        let status: Int32 =
            switch result.terminationStatus {
            case .exited(let code): code
            case .signaled(let signal): 128 + signal
            }
        return Run(status: status, output: result.standardOutput, complaint: result.standardError)
    }

    @discardableResult
    func git(_ arguments: String..., variables: [String: String] = [:]) async throws -> Run {
        try await run(["git"] + arguments, variables: variables)
    }

    /// Changes a file and commits it.
    @discardableResult
    func commit(_ file: String, _ text: String, _ arguments: String...) async throws -> Run {
        try put(path + "/" + file, mode: 0o644, text)
        try await git("add", "--", file)
        return try await run(["git", "commit", "-q"] + arguments)
    }

    /// Every entry below a directory with its kind, mode and bytes.
    func tree(_ directory: String) throws -> [String: String] {
        var tree: [String: String] = [:]
        for name in FileManager.default.enumerator(atPath: directory)?.compactMap({ $0 as? String }) ?? [] {
            let path = directory + "/" + name
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            let mode = String((attributes[.posixPermissions] as? Int) ?? 0, radix: 8)
            switch attributes[.type] as? FileAttributeType {
            case .typeSymbolicLink:
                tree[name] = "link to " + (try FileManager.default.destinationOfSymbolicLink(atPath: path))
            case .typeDirectory: tree[name] = "directory \(mode)"
            default:
                let data = FileManager.default.contents(atPath: path) ?? Data()
                tree[name] = "file \(mode) \(data.base64EncodedString())"
            }
        }
        return tree
    }

    func exists(_ file: String) -> Bool { (try? FileManager.default.attributesOfItem(atPath: file)) != nil }
    func text(_ file: String) -> String? {
        FileManager.default.contents(atPath: file).map { String(decoding: $0, as: UTF8.self) }
    }
}

extension HookReport {
    /// By name.
    var results: [HookName: HookChange.Result] {
        Dictionary(uniqueKeysWithValues: changes.map { ($0.name, $0.result) })
    }

    func sentence(_ name: HookName) -> String? { changes.first { $0.name == name }?.sentence }
}

/// `hooks/` at the repository's root.
let deliveredHooks = String(#filePath.components(separatedBy: "/Tests/")[0]) + "/hooks"
