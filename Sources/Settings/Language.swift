/// The languages that Vocero reads and words things in.
package enum Language: String, Sendable, Hashable, CaseIterable {
    case english = "en"
    case spanish = "es"
}
