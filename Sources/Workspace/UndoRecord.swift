/// What takes an applied change back; kept in the journal as JSON.
package struct UndoRecord: Sendable, Hashable {
    package enum Step: Sendable, Hashable {
        /// Removes a file that still has this content (SHA-256, hexadecimal).
        case removeFile(WorkspacePath, hash: String)
        /// Writes the former content; what is there now must have this hash, or be absent when nil.
        case restoreFile(WorkspacePath, content: [UInt8], mode: UInt32, replacing: String?)
        /// Renames back; of a file with its hash, so that it can be told when that was done before.
        case moveBack(from: WorkspacePath, to: WorkspacePath, hash: String?)
        /// Removes a directory that is empty again.
        case removeDirectory(WorkspacePath)
        case makeDirectory(WorkspacePath, mode: UInt32)
    }

    /// In the order in which they are carried out.
    package let steps: [Step]

    package init(steps: [Step]) { self.steps = steps }
}
