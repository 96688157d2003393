internal import JSON

/// What the text of an answer is, when a model has written a tool call where it should have made one, as small local models
/// do: a JSON object, a fence, `<tool_call>`. Such text is never an answer.
enum WrittenCall: Hashable {
    case none
    /// The text is one call of a tool that is at hand, and nothing else.
    case call(ToolCall)
    /// There is something of a call in it. Why it cannot be carried out, for the model.
    case unclear(String)

    static func reading(_ text: String, tools: [ToolDescription]) -> WrittenCall {
        guard text.contains(where: { "{<[(".contains($0) }) else { return .none }
        let names = Set(tools.map(\.name))
        let text = text.trimmingBlanks
        let passages = WrittenPassage.all(in: text, names: names)
        guard !passages.isEmpty else { return .none }
        guard let passage = passages.first, passages.count == 1, passage.isWhole else {
            return .unclear("it stands beside other text; a call stands alone")
        }
        guard let calls = passage.calls, !calls.isEmpty else { return .unclear("it is not valid JSON") }
        guard let call = calls.first, calls.count == 1 else {
            return .unclear("it holds \(calls.count) calls; only one can be written as text")
        }
        guard names.contains(call.name) else {
            return .unclear(names.isEmpty ? "there are no tools here" : "there is no tool \(call.name)")
        }
        return .call(ToolCall(id: "", name: call.name, arguments: call.arguments))
    }

    /// What a model is told whose text was not understood.
    static func correction(_ why: String, tools: [ToolDescription]) -> String {
        let names = tools.map(\.name).sorted().joined(separator: ", ")
        return "Your last message was the text of a tool call, and nothing was carried out: \(why). "
            + "Make the call itself, or answer in words. The tools are: \(names)."
    }
}

/// A part of an answer that looks like calls.
struct WrittenPassage {
    struct Call: Hashable {
        let name: String
        let arguments: String
    }

    /// Nil when what stands there cannot be read.
    let calls: [Call]?
    /// There is nothing beside it.
    let isWhole: Bool

    /// Words that begin a call and nothing else, and what ends it; without an end it goes on to the text's.
    private static let marks: [(begin: String, end: String?)] = [
        ("<tool_calls>", "</tool_calls>"), ("<tool_call>", "</tool_call>"), ("<function_call>", "</function_call>"),
        ("<tools>", "</tools>"), ("<|tool_call_start|>", "<|tool_call_end|>"), ("<|tool_call|>", "<|/tool_call|>"),
        ("[TOOL_CALLS]", nil), ("<|python_tag|>", nil), ("<|python_start|>", "<|python_end|>"), ("functools", nil),
        ("<function=", "</function>"),
    ]

    static func all(in text: String, names: Set<String>) -> [WrittenPassage] {
        let marked = marked(in: text)
        if !marked.isEmpty { return marked }
        if let named = named(text, names) { return [named] }
        if let json = try? JSON(parsing: text) {
            let calls = WrittenCallJSON.calls(json, names: names, isMarked: false)
            return calls.isEmpty ? [] : [WrittenPassage(calls: calls, isWhole: true)]
        }
        if let several = WrittenCallJSON.values(in: text) {
            let calls = several.map { WrittenCallJSON.calls($0, names: names, isMarked: false) }
            if calls.allSatisfy({ !$0.isEmpty }) {
                return [WrittenPassage(calls: calls.flatMap(\.self), isWhole: true)]
            }
        }
        return fenced(in: text, names: names)
    }

    // MARK: Marks

    private static func marked(in text: String) -> [WrittenPassage] {
        var passages: [WrittenPassage] = []
        var rest = text[...]
        while let (mark, found) = first(in: rest) {
            let isBare = rest[..<found.lowerBound].allSatisfy(\.isWhitespace)
            let behind = mark.begin == "<function=" ? rest[found.lowerBound...] : rest[found.upperBound...]
            let end = mark.end.flatMap { behind.firstRange(of: $0) }
            let content = behind[..<(end?.lowerBound ?? behind.endIndex)]
            rest = end.map { behind[$0.upperBound...] } ?? behind[behind.endIndex...]
            passages.append(
                WrittenPassage(
                    calls: WrittenCallJSON.calls(inMarked: content),
                    isWhole: isBare && rest.allSatisfy(\.isWhitespace) || (isBare && first(in: rest) != nil)))
        }
        return passages
    }

    private static func first(in text: Substring) -> (mark: (begin: String, end: String?), range: Range<String.Index>)?
    {
        var earliest: (mark: (begin: String, end: String?), range: Range<String.Index>)?
        for mark in marks {
            guard let range = text.firstRange(of: mark.begin) else { continue }
            // A word of many languages: only with a list behind it.
            if mark.begin == "functools", !text[range.upperBound...].hasPrefix("[") { continue }
            // Whoever writes about marks quotes them.
            if text[..<range.lowerBound].last == "`" { continue }
            if earliest.map({ range.lowerBound < $0.range.lowerBound }) ?? true { earliest = (mark, range) }
        }
        return earliest
    }

    /// `git_log {"limit": 3}` and `git_log({"limit": 3})`.
    private static func named(_ text: String, _ names: Set<String>) -> WrittenPassage? {
        let name = String(text.prefix { $0.isLetter || $0.isNumber || $0 == "_" })
        guard names.contains(name) else { return nil }
        var rest = text.dropFirst(name.count)[...]
        if rest.first == "(", rest.last == ")" { rest = rest.dropFirst().dropLast() }
        let arguments = String(rest).trimmingBlanks
        if arguments.isEmpty, text.last == ")" {
            return WrittenPassage(calls: [Call(name: name, arguments: "{}")], isWhole: true)
        }
        guard (try? JSON(parsing: arguments))?.object != nil else { return nil }
        return WrittenPassage(calls: [Call(name: name, arguments: arguments)], isWhole: true)
    }

    static func isJSON(_ text: String) -> Bool { (try? JSON(parsing: text)) != nil }

    // MARK: Fences

    private static func fenced(in text: String, names: Set<String>) -> [WrittenPassage] {
        var passages: [WrittenPassage] = []
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        var start: Int?
        for (index, line) in lines.enumerated() where line.trimmingPrefixBlanks.hasPrefix("```") {
            guard let opened = start else {
                start = index
                continue
            }
            start = nil
            let content = lines[(opened + 1)..<index].joined(separator: "\n")
            guard let json = try? JSON(parsing: content) else { continue }
            let isWhole = opened == 0 && index == lines.count - 1
            let calls = WrittenCallJSON.calls(json, names: names, isMarked: false)
            // Beside other words only a tool's own name makes it a call.
            guard !calls.isEmpty, isWhole || names.isEmpty || calls.contains(where: { names.contains($0.name) }) else {
                continue
            }
            passages.append(WrittenPassage(calls: calls, isWhole: isWhole))
        }
        return passages
    }
}

extension String {
    var trimmingBlanks: String {
        guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(self[first...last])
    }
}

extension Substring {
    fileprivate var trimmingPrefixBlanks: Substring { drop { $0 == " " || $0 == "\t" } }
}
