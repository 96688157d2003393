package import Assistant
internal import Tools

/// A policy file that a person gave, read.
package struct GivenPolicy: Sendable {
    /// Where it is; agents may not write it.
    package let path: String
    package let file: PolicyFile

    /// Throws ``Failure`` when the file cannot be read, `PolicyFileError` when it cannot be understood.
    package init(path: String) throws {
        self.path = path
        file = try PolicyFile(entries: Context.policyEntries(ofFile: path), tools: Toolbox.writingToolNames)
    }
}
