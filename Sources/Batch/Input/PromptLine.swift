internal import BatchQueue
internal import JSON

/// One line of a JSONL file: an object with the prompt and what it says of itself, or the prompt alone as a string.
///
/// An item is named by its `id` (or `custom_id`, as in OpenAI's batches), else `line-000012` by its line. That no
/// two lines have one name is for the queue to see: the lines of a file of any size are not remembered here.
struct PromptLine {
    /// The file, for problems.
    var file: String
    /// What comes before the id in the item's name.
    var prefix = ""

    private static let keys = ["id", "custom_id", "prompt"]
    private static let longestID = 512

    /// Nil for a blank line.
    func read(_ line: LineReader.Line) -> FoundPrompt? {
        switch line {
        case .tooLong(let number):
            .problem(
                PromptProblem(
                    name: file, line: number,
                    message: "the line is longer than \(LineReader.longestLine >> 20) MiB and was passed over"))
        case .whole(let number, let bytes):
            PromptText.isBlank(bytes) ? nil : read(bytes, number)
        }
    }

    private func read(_ bytes: ArraySlice<UInt8>, _ number: Int) -> FoundPrompt {
        do throws(OptionProblem) {
            return .prompt(try prompt(bytes, number))
        } catch {
            return .problem(PromptProblem(name: file, line: number, message: error.message))
        }
    }

    private func prompt(_ bytes: ArraySlice<UInt8>, _ number: Int) throws(OptionProblem) -> BatchPrompt {
        if let problem = PromptText.problem(of: bytes, called: "the line") { throw OptionProblem(message: problem) }
        let value: JSON
        do {
            value = try JSON(parsing: Array(bytes))
        } catch {
            throw OptionProblem(message: error.description)
        }
        switch value {
        case .string(let text):
            return BatchPrompt(name: name(nil, number), text: try checked(text), options: ItemOptions())
        case .object(let members): return try prompt(members, number)
        default:
            throw OptionProblem(
                message: "the line should be an object with a prompt, or a string, and is \(value.typeName)")
        }
    }

    private func prompt(_ members: [String: JSON], _ number: Int) throws(OptionProblem) -> BatchPrompt {
        guard let prompt = members["prompt"], !prompt.isNull else {
            // The unknown key is often the prompt by another name: both are said.
            let others = members.keys.filter { !Self.keys.contains($0) && !ItemOptions.keys.contains($0) }.sorted()
            let found = others.first.map { ", and has the unknown key \(PromptText.quoted($0))" } ?? ""
            throw OptionProblem(message: "the line has no \"prompt\"\(found)")
        }
        guard let text = prompt.string else {
            throw OptionProblem(message: "\"prompt\" should be a string, and is \(prompt.typeName)")
        }
        let fields = members.filter { !Self.keys.contains($0.key) }.sorted { $0.key < $1.key }
            .map { OptionField(key: $0.key, value: $0.value) }
        let options = try ItemOptions(reading: fields, beside: Self.keys)
        return BatchPrompt(name: name(try id(members), number), text: try checked(text), options: options)
    }

    private func id(_ members: [String: JSON]) throws(OptionProblem) -> String? {
        var given: String?
        for key in ["id", "custom_id"] {
            let value = members[key] ?? .null
            let id: String
            switch value {
            case .null: continue
            case .string(let text): id = text
            case .integer(let number): id = "\(number)"
            default: throw OptionProblem(message: "\"\(key)\" should be a string, and is \(value.typeName)")
            }
            guard !PromptText.isBlank(id.utf8) else { throw OptionProblem(message: "\"\(key)\" is empty") }
            guard id.utf8.count <= Self.longestID else {
                throw OptionProblem(message: "\"\(key)\" is longer than \(Self.longestID) bytes")
            }
            guard !id.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
                throw OptionProblem(message: "\"\(key)\" has control characters")
            }
            if let given, given != id { throw OptionProblem(message: "\"id\" and \"custom_id\" differ") }
            given = id
        }
        return given
    }

    private func checked(_ text: String) throws(OptionProblem) -> String {
        guard !PromptText.isBlank(text.utf8) else { throw OptionProblem(message: "the prompt is empty") }
        guard !text.utf8.contains(0) else { throw OptionProblem(message: "the prompt has a NUL") }
        return text
    }

    private func name(_ id: String?, _ number: Int) -> String {
        if let id { return prefix + id }
        let digits = String(number)
        return prefix + "line-" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
    }
}
