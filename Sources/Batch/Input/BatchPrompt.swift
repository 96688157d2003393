package import Hashing

/// One prompt of a batch, as it was found in a folder or a file of lines.
package struct BatchPrompt: Sendable, Hashable {
    /// What the prompt is known by in its batch: the path below the folder, with slashes, or the line's id.
    package var name: String
    /// What is asked; empty for a recording, which is transcribed first.
    package var text: String
    /// The absolute path of a recording; nil for text.
    package var recording: String?
    package var options: PromptOptions
    /// Of everything that the answer depends on: another hash is another item.
    package var hash: ContentHash

    package init(
        name: String, text: String, recording: String? = nil, options: PromptOptions = PromptOptions(),
        hash: ContentHash
    ) {
        self.name = name
        self.text = text
        self.recording = recording
        self.options = options
        self.hash = hash
    }
}

/// What a prompt says of itself, in front matter or beside it in its line. Nil: as the batch says.
package struct PromptOptions: Sendable, Hashable {
    package var agent: String?
    package var session: String?
    package var repository: String?
    package var model: String?
    package var maxSteps: Int?
    package var maxTokens: Int?
    /// In US dollars.
    package var maxCost: Double?
    package var maxSeconds: Int?
    /// The path of a policy file, as it was written.
    package var policy: String?

    package init() {}
}

/// Why something that was found is no prompt. The others go on.
package struct PromptProblem: Error, Sendable, Hashable, CustomStringConvertible {
    /// The path, or the file of lines.
    package var name: String
    /// From 1, where there are lines.
    package var line: Int?
    /// One sentence.
    package var message: String

    package init(name: String, line: Int? = nil, message: String) {
        self.name = name
        self.line = line
        self.message = message
    }

    /// `name:line: message`
    package var description: String {
        "\(SingleLine.of(name, columns: 300))\(line.map { ":\($0)" } ?? ""): \(message)"
    }
}

package enum FoundPrompt: Sendable, Hashable {
    case prompt(BatchPrompt)
    case problem(PromptProblem)
}
