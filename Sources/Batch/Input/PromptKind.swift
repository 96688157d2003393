internal import Assistant

/// What a file of a folder is, by its name.
enum PromptKind: UInt8, Sendable {
    case text, lines, recording
    /// A recording in a form that libsndfile does not read: said, not passed over.
    case foreignRecording

    static let description = ".md, .markdown, .txt, .prompt, .jsonl and recordings (.wav, .flac, .ogg, .mp3 …)"

    /// Nil for what is no prompt.
    init?(fileExtension: some Collection<UInt8>) {
        switch String(decoding: fileExtension, as: UTF8.self).lowercased() {
        case "md", "markdown", "txt", "prompt": self = .text
        case "jsonl": self = .lines
        case "wav", "flac", "ogg", "oga", "opus", "mp3", "aiff", "aif", "au", "caf": self = .recording
        case "m4a", "webm", "aac", "wma", "amr": self = .foreignRecording
        default: return nil
        }
    }

    /// Of a file's name: what follows the last dot.
    init?(fileName: some BidirectionalCollection<UInt8>) {
        guard let dot = fileName.lastIndex(of: UInt8(ascii: ".")), dot != fileName.startIndex else { return nil }
        self.init(fileExtension: fileName[fileName.index(after: dot)...])
    }
}

/// Which files of a folder are asked for. A pattern without a slash is held against the name alone, one with a slash
/// against the whole path below the folder. With patterns to include nothing else is read, and what they name is read
/// as text when its extension is not known. What is excluded stays out whatever includes it; an excluded directory
/// with all it holds.
struct PromptSelection: Sendable {
    private let include: [Pattern]
    private let exclude: [Pattern]

    init(include: [String], exclude: [String]) {
        self.include = include.map(Pattern.init)
        self.exclude = exclude.map(Pattern.init)
    }

    /// Nil when the file is not asked for.
    func kind(ofFile path: String, named name: String) -> PromptKind? {
        let known = PromptKind(fileName: name.utf8)
        if include.isEmpty {
            guard let known else { return nil }
            return exclude.contains { $0.matches(path, name) } ? nil : known
        }
        guard include.contains(where: { $0.matches(path, name) }), !exclude.contains(where: { $0.matches(path, name) })
        else { return nil }
        return known ?? .text
    }

    func excludes(directory path: String, named name: String) -> Bool {
        exclude.contains { $0.matches(path, name) || $0.matches(path + "/", name + "/") }
    }

    private struct Pattern: Sendable {
        let pattern: PathPattern
        let isOfName: Bool

        init(_ text: String) {
            // `./drafts` is what a shell's completion writes.
            let text = text.hasPrefix("./") ? String(text.dropFirst(2)) : text
            pattern = PathPattern(text)
            isOfName = !text.dropLast().utf8.contains(UInt8(ascii: "/"))
        }

        func matches(_ path: String, _ name: String) -> Bool { pattern.matches(isOfName ? name : path) }
    }
}
