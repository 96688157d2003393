/// What a model thinks aloud in its answer is no part of the answer: `<think>…</think>` and its kin, at the start or at
/// the start of a later line outside of code. A value that is fed with the text as it comes.
struct Thoughts {
    private enum Place {
        /// At the start of a line, blanks aside: it may begin a thought, or code.
        case lineStart
        case line
        case thought(end: String, isFirst: Bool)
    }

    /// How thoughts begin and end, in the words of the models that write them so.
    private static let marks: [(begin: String, end: String)] = [
        ("<think>", "</think>"), ("<thinking>", "</thinking>"), ("<thought>", "</thought>"),
        ("<reasoning>", "</reasoning>"), ("<seed:think>", "</seed:think>"), ("[THINK]", "[/THINK]"),
        ("◁think▷", "◁/think▷"), ("<|channel|>analysis<|message|>", "<|channel|>final<|message|>"),
    ]

    private var place = Place.lineStart
    /// Not given out yet: it may be the beginning of a mark.
    private var held = String.UnicodeScalarView()
    private var hasSpoken = false
    private var isCode = false
    /// A thought has ended, and the blanks behind it go with it.
    private var skipsBlanks = false

    /// What of this piece, and of what was held back, belongs to the answer.
    mutating func feed(_ piece: String) -> String {
        var answer = String.UnicodeScalarView()
        for scalar in piece.unicodeScalars { take(scalar, &answer) }
        return String(answer)
    }

    /// The rest. A first thought that has no end leaves no answer; a later one was none.
    mutating func end() -> String {
        defer { held = String.UnicodeScalarView() }
        if case .thought(_, isFirst: true) = place { return "" }
        return String(held)
    }

    private mutating func take(_ scalar: Unicode.Scalar, _ answer: inout String.UnicodeScalarView) {
        if skipsBlanks {
            if scalar.properties.isWhitespace { return }
            skipsBlanks = false
        }
        switch place {
        case .line:
            answer.append(scalar)
            if scalar == "\n" { place = .lineStart }
        case .lineStart:
            held.append(scalar)
            lookAtLineStart(&answer)
        case .thought(let end, _):
            held.append(scalar)
            guard scalar == end.unicodeScalars.last, String(held).hasSuffix(end) else { return }
            held = String.UnicodeScalarView()
            (place, skipsBlanks) = (.lineStart, true)
        }
    }

    private mutating func lookAtLineStart(_ answer: inout String.UnicodeScalarView) {
        let text = String(held.drop { $0 == " " || $0 == "\t" || (!hasSpoken && $0.properties.isWhitespace) })
        let possible = hasSpoken ? Self.marks.prefix(2) : Self.marks[...]
        if !isCode, let mark = possible.first(where: { $0.begin == text }) {
            place = .thought(end: mark.end, isFirst: !hasSpoken)
            if !hasSpoken { held = String.UnicodeScalarView() }
            return
        }
        let fences = ["```", "~~~"]
        if fences.contains(text) { isCode.toggle() }
        let isOpen =
            text.isEmpty
            ? held.last != "\n" || !hasSpoken
            : (!isCode && possible.contains { $0.begin.hasPrefix(text) })
                || fences.contains { $0.hasPrefix(text) && $0 != text }
        if isOpen { return }
        hasSpoken = hasSpoken || !text.isEmpty
        answer += held
        place = held.last == "\n" ? .lineStart : .line
        held = String.UnicodeScalarView()
    }
}

extension Thoughts {
    /// A whole answer without what was thought. Where only a thought's end is written, because the model was given its
    /// beginning, all before it was thought.
    static func removed(from text: String) -> String {
        var thoughts = Thoughts()
        let answer = thoughts.feed(text) + thoughts.end()
        return withoutOpenEnd(answer)
    }

    static func withoutOpenEnd(_ answer: String) -> String {
        for mark in marks.prefix(2) {
            guard let end = answer.firstRange(of: mark.end), !answer[..<end.lowerBound].contains(mark.begin),
                !answer[..<end.lowerBound].hasSuffix("`"),
                answer[end.upperBound...].first.map(\.isNewline) ?? true
            else { continue }
            let fences = answer[..<end.lowerBound].split(whereSeparator: \.isNewline).count { $0.hasPrefix("```") }
            guard fences.isMultiple(of: 2) else { continue }
            return String(answer[end.upperBound...].drop(while: \.isWhitespace))
        }
        return answer
    }
}
