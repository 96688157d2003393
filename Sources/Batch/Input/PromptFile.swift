internal import BatchQueue
internal import Concurrency
internal import Files
internal import Hashing

/// Reads one open file of a folder as a prompt.
struct PromptFile {
    static let mostBytes = 1 << 20

    /// The path below the folder.
    let name: String
    let file: OpenFile

    /// The text, read once and whole.
    func text() throws(PromptProblem) -> FoundPrompt {
        let before = try regular()
        guard before.size <= Self.mostBytes else { throw tooLarge }
        var bytes: [UInt8] = []
        var block = [UInt8](repeating: 0, count: min(max(before.size, 1 << 10), Self.mostBytes) + 1)
        while true {
            let count = try next(into: &block)
            if count == 0 { break }
            bytes += block[..<count]
            guard bytes.count <= Self.mostBytes else { throw tooLarge }
        }
        try unchanged(since: before)
        return try Self.prompt(of: bytes, name: name)
    }

    /// A recording is not held: its bytes are hashed as they come.
    func recording(at path: String, stop: StopFlag) throws(PromptProblem) -> FoundPrompt? {
        let before = try regular()
        let hasher = ContentHasher()
        var block = [UInt8](repeating: 0, count: 1 << 18)
        var size = 0
        while true {
            if stop.isSet { return nil }
            let count = try next(into: &block)
            if count == 0 { break }
            size += count
            hasher.update(block[..<count])
        }
        try unchanged(since: before)
        guard size > 0 else { throw problem("the recording is empty") }
        return .prompt(BatchPrompt(name: name, recording: path, content: hasher.finish()))
    }

    static func prompt(of bytes: [UInt8], name: String) throws(PromptProblem) -> FoundPrompt {
        if bytes.isEmpty { throw PromptProblem(name: name, message: "the file is empty") }
        var bytes = bytes[...]
        if bytes.starts(with: PromptText.mark) { bytes = bytes.dropFirst(PromptText.mark.count) }
        if let problem = PromptText.problem(of: bytes, called: "the file") {
            throw PromptProblem(name: name, message: problem)
        }
        do throws(OptionProblem) {
            let document = try FrontMatter(reading: bytes)
            let options = try ItemOptions(reading: document.fields)
            guard !PromptText.isBlank(document.text) else {
                throw OptionProblem(
                    message: document.fields.isEmpty ? "the file holds no prompt" : "no prompt follows the front matter"
                )
            }
            return .prompt(
                BatchPrompt(name: name, text: String(decoding: document.text, as: UTF8.self), options: options))
        } catch {
            throw PromptProblem(name: name, line: error.line, message: error.message)
        }
    }

    func regular() throws(PromptProblem) -> FileStatus {
        guard let status = try? file.status(), status.isFile else { throw problem("it is not a regular file") }
        return status
    }

    private func next(into block: inout [UInt8]) throws(PromptProblem) -> Int {
        do {
            return try file.read(into: &block)
        } catch {
            throw problem("the file could not be read: \(error.reason)")
        }
    }

    private func unchanged(since before: FileStatus) throws(PromptProblem) {
        guard let after = try? file.status(), after.hasSameContent(as: before) else {
            throw problem("the file was changed while it was read; run the batch again for it")
        }
    }

    private var tooLarge: PromptProblem {
        problem("the text is larger than \(Self.mostBytes >> 20) MiB; split it, or have an agent read the file")
    }

    private func problem(_ message: String) -> PromptProblem { PromptProblem(name: name, message: message) }
}
