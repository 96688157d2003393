internal import Settings

extension Language {
    /// The text of this language.
    func pick(_ english: String, _ spanish: String) -> String { self == .english ? english : spanish }
}
