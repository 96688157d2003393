/// A unified diff, as `git diff` prints it.
package enum UnifiedDiff {
    /// The diff of two texts; empty when they are the same.
    ///
    /// - Parameters:
    ///   - old: Nil for a new file.
    ///   - new: Nil for a deleted file.
    ///   - maximumLines: Of the diff; a last line says how many more there are.
    package static func between(
        _ old: String?, _ new: String?, path: String, context: Int = 3, maximumLines: Int = 400
    ) -> String { fatalError("contract only") }
}
