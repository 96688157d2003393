/// A setting that cannot be used; exit code 78.
package struct SettingsError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The setting's name: `chat.url`.
    package let key: String
    package let source: SettingSource
    /// One sentence: the key, where its value came from, what is valid. Never a secret's value.
    package let message: String

    init(_ key: String, _ source: SettingSource, _ message: String) {
        self.key = key
        self.source = source
        self.message = message
    }

    package var description: String { message }
}
