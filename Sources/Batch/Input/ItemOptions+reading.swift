internal import BatchQueue
internal import JSON

/// One thing that a prompt says of itself, before it is checked.
struct OptionField {
    var key: String
    var value: JSON
    /// As it was written, where numbers need no quotes to be text.
    var spelling: String?
    var line: Int?
}

/// Why an option is none.
struct OptionProblem: Error {
    var line: Int?
    /// One sentence.
    var message: String
}

extension ItemOptions {
    static let keys = [
        "agent", "session", "repository", "model", "policy", "max_steps", "max_tokens", "max_cost", "max_seconds",
        "limits",
    ]
    static let limitKeys = ["steps", "tokens", "cost", "seconds"]
    private static let longestText = 1024

    /// Checks what was given; null is not given. Steps, tokens, cost and seconds may be called `steps`, `max_steps` or
    /// `limits.steps`, or stand in an object `limits`. Hyphens are as good as underscores. `other` are keys that may
    /// stand beside these, for the message.
    init(reading fields: [OptionField], beside other: [String] = []) throws(OptionProblem) {
        self.init()
        var seen: Set<String> = []
        for field in fields { try read(field, beside: other, isLimit: false, &seen) }
    }

    private mutating func read(
        _ field: OptionField, beside other: [String], isLimit: Bool, _ seen: inout Set<String>
    ) throws(OptionProblem) {
        var name = String(field.key.map { $0 == "-" ? "_" : $0 })
        for prefix in isLimit ? ["max_"] : ["limits.", "max_"] where name.hasPrefix(prefix) {
            name = String(name.dropFirst(prefix.count))
        }
        // `max_agent` is no name of `agent`.
        let isKnown = Self.limitKeys.contains(name) || (!isLimit && name == field.key && Self.keys.contains(name))
        guard isKnown else {
            let known = isLimit ? Self.limitKeys : other + Self.keys
            throw OptionProblem(
                line: field.line,
                message: "unknown key \(PromptText.quoted(field.key)); known are \(known.joined(separator: ", "))")
        }
        if name == "limits", !field.value.isNull {
            guard case .object(let members) = field.value else { throw wrong(field, "an object of limits") }
            for (key, value) in members.sorted(by: { $0.key < $1.key }) {
                try read(OptionField(key: key, value: value, line: field.line), beside: [], isLimit: true, &seen)
            }
            return
        }
        guard seen.insert(name).inserted else {
            throw OptionProblem(line: field.line, message: "\(PromptText.quoted(field.key)) was given already")
        }
        guard !field.value.isNull else { return }
        switch name {
        case "agent": agent = try text(field)
        case "session": session = try text(field)
        case "repository": repository = try text(field)
        case "model": model = try text(field)
        case "policy": policy = try text(field)
        case "steps": maxSteps = try whole(field, atMost: 10_000)
        case "tokens": maxTokens = try whole(field, atMost: 1_000_000_000)
        case "seconds": maxSeconds = try whole(field, atMost: 604_800)
        default: maxCost = try dollars(field)
        }
    }

    private func text(_ field: OptionField) throws(OptionProblem) -> String {
        let isNumber = field.value.number != nil
        guard let text = field.value.string ?? (isNumber ? field.spelling : nil) else { throw wrong(field, "a text") }
        guard !PromptText.isBlank(text.utf8) else { throw wrong(field, "a text that is not empty") }
        guard text.utf8.count <= Self.longestText else {
            throw wrong(field, "a text of at most \(Self.longestText) bytes")
        }
        guard !text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
            throw wrong(field, "a text without control characters")
        }
        return text
    }

    private func whole(_ field: OptionField, atMost most: Int) throws(OptionProblem) -> Int {
        guard let number = field.value.integer, (1...most).contains(number) else {
            throw wrong(field, "a whole number from 1 to \(most)")
        }
        return number
    }

    private func dollars(_ field: OptionField) throws(OptionProblem) -> Double {
        guard let number = field.value.number, number.isFinite, number > 0, number <= 1_000_000 else {
            throw wrong(field, "dollars: a number above 0 and at most 1000000")
        }
        return number
    }

    private func wrong(_ field: OptionField, _ expected: String) -> OptionProblem {
        let given =
            switch field.value {
            case .array: "a list"
            case .object: "an object"
            case .string(let text): PromptText.quoted(text)
            default: field.spelling ?? field.value.description
            }
        return OptionProblem(
            line: field.line, message: "\(PromptText.quoted(field.key)) should be \(expected), and is \(given)")
    }
}
