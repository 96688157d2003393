internal import Synchronization

/// ``HeldWords`` for an answer that comes from wherever a model is read.
final class HeldAnswer: Sendable {
    private let words: Mutex<HeldWords>
    private let say: @Sendable (String) -> Void

    init(tools: [ToolDescription], say: @escaping @Sendable (String) -> Void) {
        words = Mutex(HeldWords(tools: tools))
        self.say = say
    }

    func feed(_ piece: String) { tell(words.withLock { $0.feed(piece) }) }

    func end(isAnswer: Bool) { tell(words.withLock { $0.end(isAnswer: isAnswer) }) }

    private func tell(_ text: String) { if !text.isEmpty { say(text) } }
}

/// What a person may see of an answer that is still coming: all of it, but for what may turn out to be a tool call
/// (``WrittenCall``), which waits until that is known. A value: fed with pieces, it gives what may be said.
struct HeldWords {
    private let tools: [ToolDescription]
    private var held = ""
    private var isAtLineStart = true
    private var hasSpoken = false

    /// No call is longer that is worth hiding.
    private static let longest = 256 << 10
    private static let marks = [
        "<tool_call", "<function_call>", "<function=", "<tools>", "<|tool_call", "<|python_", "[TOOL_CALLS]",
    ]
    /// What fences are named that hold calls.
    private static let callFences: Set<String> = ["", "json", "tool_call", "tool_calls", "tool", "tool_code", "xml"]

    init(tools: [ToolDescription]) { self.tools = tools }

    mutating func feed(_ piece: String) -> String {
        held += piece
        var ready = ""
        while let count = sayable(), count > 0 {
            let said = held.prefix(count)
            isAtLineStart = said.last?.isNewline ?? isAtLineStart
            ready += said
            hasSpoken = true
            held.removeFirst(count)
        }
        return ready
    }

    /// The rest, when the answer is one.
    mutating func end(isAnswer: Bool) -> String {
        defer { held = "" }
        return isAnswer ? held : ""
    }

    /// How many characters at the beginning of what is held may be said; nil for none.
    private func sayable() -> Int? {
        if held.isEmpty { return nil }
        if held.utf8.count > Self.longest { return held.count }
        if isAtLineStart, let count = sayableAtLineStart() { return count == 0 ? nil : count }
        let mark = Self.marks.compactMap { held.firstRange(of: $0)?.lowerBound }.min()
        let line = held.firstIndex(where: \.isNewline).map { held.index(after: $0) }
        if let mark, mark < line ?? held.endIndex {
            return mark == held.startIndex ? nil : held.distance(from: held.startIndex, to: mark)
        }
        if let line { return held.distance(from: held.startIndex, to: line) }
        return held.count - Self.openEnd(held)
    }

    /// How many of the last characters may be the beginning of a mark.
    private static func openEnd(_ text: String) -> Int {
        let longest = marks.map(\.count).max() ?? 0
        for count in stride(from: min(longest, text.count), to: 0, by: -1) {
            let end = text.suffix(count)
            if marks.contains(where: { $0.hasPrefix(end) }) { return count }
        }
        return 0
    }

    /// What a line that may begin a call allows; nil when it begins none.
    private func sayableAtLineStart() -> Int? {
        let line = held.drop { $0 == " " || $0 == "\t" }
        guard let first = line.first else { return 0 }
        if !hasSpoken, mayName(line) { return 0 }
        switch first {
        case "`": return sayableFence(line)
        case "{", "[": return sayableJSON(line, first)
        default: return nil
        }
    }

    /// The answer may be a call by its name: `git_log({"limit": 3})`.
    private func mayName(_ line: Substring) -> Bool {
        tools.contains { tool in
            if tool.name.hasPrefix(line) { return true }
            guard line.hasPrefix(tool.name) else { return false }
            let next = line.dropFirst(tool.name.count).first { $0 != " " }
            return next == nil || next == "(" || next == "{"
        }
    }

    private func sayableFence(_ line: Substring) -> Int? {
        guard line.hasPrefix("```") else { return "```".hasPrefix(line) ? 0 : nil }
        guard let end = line.firstIndex(where: \.isNewline) else { return 0 }
        let name = String(line[..<end].drop { $0 == "`" }).trimmingBlanks.lowercased()
        let content = line[line.index(after: end)...]
        guard Self.callFences.contains(name) else { return whole(upTo: content.startIndex) }
        guard let close = content.firstRange(of: "```"),
            let behind = content[close.lowerBound...].firstIndex(where: \.isNewline)
        else { return 0 }
        let block = String(line[..<behind])
        return WrittenCall.reading(block, tools: tools) == .none ? whole(upTo: line.index(after: behind)) : 0
    }

    private func sayableJSON(_ line: Substring, _ first: Character) -> Int? {
        let next = line.dropFirst().first { !$0.isWhitespace }
        guard let next else { return 0 }
        guard first == "{" ? next == "\"" || next == "}" : next == "{" || next == "T" else { return nil }
        guard let last = line.last(where: { !$0.isWhitespace }), last == "}" || last == "]" else { return 0 }
        let text = String(line).trimmingBlanks
        // Not whole yet, or no JSON at all: the end will tell.
        guard WrittenPassage.isJSON(text) else { return 0 }
        return WrittenCall.reading(text, tools: tools) == .none ? held.count : 0
    }

    private func whole(upTo end: String.Index) -> Int { held.distance(from: held.startIndex, to: end) }
}
