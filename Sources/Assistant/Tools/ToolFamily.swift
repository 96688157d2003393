/// What belongs together: agents are given families of tools, not single ones.
package enum ToolFamily: Sendable, Hashable, CaseIterable {
    case fileReading, fileWriting
    case gitReading, gitWriting
    /// Who wrote what, and when: what those who look after files ask of git.
    case authorship
    /// What earlier sessions asked and answered.
    case memory
    /// The rest of results that were cut.
    case results
}
