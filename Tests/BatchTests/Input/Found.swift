import Batch
import Glibc
import TestSupport

/// All that was found, in order.
func found(
    in directory: TemporaryDirectory, include: [String] = [], exclude: [String] = [], skipping: [String] = []
) async throws -> [FoundPrompt] {
    try await found(in: directory.path, include: include, exclude: exclude, skipping: skipping)
}

func found(
    in path: String, include: [String] = [], exclude: [String] = [], skipping: [String] = []
) async throws -> [FoundPrompt] {
    var all: [FoundPrompt] = []
    try await PromptFolder(path: path, include: include, exclude: exclude, skipping: skipping).read { all.append($0) }
    return all
}

/// What lines of JSON hold, read from a file.
func found(lines: [UInt8]) async throws -> [FoundPrompt] {
    let directory = try TemporaryDirectory()
    let path = try directory.write("prompts.jsonl", lines)
    var all: [FoundPrompt] = []
    try await PromptLines(path: path).read { all.append($0) }
    return all
}

/// What one file makes of these bytes.
func found(file bytes: [UInt8]) async throws -> FoundPrompt? {
    let directory = try TemporaryDirectory()
    try directory.write("a.md", bytes)
    let all = try await found(in: directory)
    return all.count == 1 ? all.first : nil
}

extension FoundPrompt {
    var prompt: BatchPrompt? { if case .prompt(let prompt) = self { prompt } else { nil } }
    var problem: PromptProblem? { if case .problem(let problem) = self { problem } else { nil } }
    var name: String { prompt?.name ?? problem?.name ?? "" }
}

extension [FoundPrompt] {
    var prompts: [BatchPrompt] { compactMap(\.prompt) }
    var problems: [PromptProblem] { compactMap(\.problem) }
}
