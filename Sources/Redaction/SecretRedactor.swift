/// Finds secrets in text that is about to leave the machine or to be stored, and takes them out.
///
/// Knows the forms of keys and tokens in use, passwords in URLs and headers, private keys, assignments such as
/// `password = "…"`, and the very values that the settings hold.
package struct SecretRedactor: Sendable {
    /// A secret in a text.
    package struct Finding: Sendable, Hashable {
        /// Offsets into the text's UTF-8.
        package let range: Range<Int>
        /// Such as `GitHub token`.
        package let kind: String
    }

    /// Makes a redactor.
    ///
    /// - Parameter values: What must not appear anywhere: each secret that is configured, by the name to show in
    ///   its place. Values shorter than six bytes are left alone: they would be found everywhere.
    package init(values: [(kind: String, value: String)] = []) {}

    /// The text with each secret replaced by `[redacted: KIND]`.
    package func redacted(_ text: String) -> String { fatalError("contract only") }

    /// The secrets in a text, in order, none overlapping.
    package func findings(in text: String) -> [Finding] { fatalError("contract only") }
}
