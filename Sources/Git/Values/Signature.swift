package import FoundationEssentials

/// Who made a commit or tag, and when.
package struct Signature: Sendable, Hashable {
    package let name: String
    package let email: String
    package let date: Date
    /// Of the maker's clock from UTC.
    package let offsetInMinutes: Int

    package init(name: String, email: String, date: Date, offsetInMinutes: Int = 0) {
        self.name = name
        self.email = email
        self.date = date
        self.offsetInMinutes = offsetInMinutes
    }
}
