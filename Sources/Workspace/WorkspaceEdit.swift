/// A change that someone asks for.
package enum WorkspaceEdit: Sendable, Hashable {
    /// Makes a file that must not exist yet, and the directories above it.
    case create(WorkspacePath, text: String)
    /// Puts a text in place of a file's whole content.
    case overwrite(WorkspacePath, text: String)
    /// Replaces passages of a file, one after the other.
    case edit(WorkspacePath, [TextReplacement])
    /// Adds to the end of a file, on a line of its own; makes the file when it does not exist.
    case append(WorkspacePath, text: String)
    /// Renames a file or directory, making the directories above the new name.
    case move(WorkspacePath, to: WorkspacePath, overwriting: Bool)
    /// Deletes a file or an empty directory; a full one only when `recursive`.
    case delete(WorkspacePath, recursive: Bool)
    /// Makes a directory and those above it; nothing happens when it exists.
    case makeDirectory(WorkspacePath)

    /// Every path it names.
    package var paths: [WorkspacePath] {
        switch self {
        case .create(let path, _), .overwrite(let path, _), .edit(let path, _), .append(let path, _),
            .delete(let path, _), .makeDirectory(let path):
            [path]
        case .move(let from, let to, _): [from, to]
        }
    }
}

/// An exact passage and what takes its place.
package struct TextReplacement: Sendable, Hashable {
    package let old: String
    package let new: String
    /// How often the passage must occur; anything else is a conflict.
    package let count: Int

    package init(old: String, new: String, count: Int = 1) {
        self.old = old
        self.new = new
        self.count = count
    }
}
