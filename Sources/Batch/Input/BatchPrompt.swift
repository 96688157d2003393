package import BatchQueue
package import Hashing

/// One prompt of a batch, as it was found in a folder or a file of lines.
package struct BatchPrompt: Sendable, Hashable {
    /// What the prompt is known by in its batch: the path below the folder, with slashes, or the line's id.
    package var name: String
    /// What is asked; empty for a recording, which is transcribed first.
    package var text: String
    package var options: ItemOptions
    /// Of everything that the answer depends on: another hash is another item.
    package var hash: ContentHash

    package init(name: String, text: String, options: ItemOptions = ItemOptions(), hash: ContentHash) {
        self.name = name
        self.text = text
        self.options = options
        self.hash = hash
    }
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
