/// Which store a turn belongs in, and whose it is: what waits in the spool goes nowhere else.
package struct StorePlace: Sendable, Hashable {
    /// The store's own name; nil when it was never reached from here.
    package let store: String?
    /// How it is reached: a hash, in which there is no password.
    package let address: String
    package let user: String

    package init(store: String?, address: String, user: String) {
        self.store = store
        self.address = address
        self.user = user
    }

    /// Whether what was meant for `other` may go here: its store when that is known, else what was reached the same way.
    func takes(_ other: StorePlace) -> Bool {
        guard user == other.user else { return false }
        guard let wanted = other.store else { return address == other.address }
        return wanted == store
    }
}
