package import JSON

/// What an endpoint gave with an assistant's message beside what the protocol names: signatures of thoughts, the
/// thoughts themselves, and what else it wants to see again. It goes back to that endpoint with the message, and to no
/// other.
package struct EndpointMembers: Sendable, Hashable {
    /// The endpoint's URL, without credentials.
    package var endpoint: String
    /// Members of the message.
    package var message: [String: JSON]
    /// Members of its calls, one object a call in the calls' order; those of a call's `function` under that name.
    package var calls: [[String: JSON]]

    /// Nil when nothing was given.
    package init?(endpoint: String, message: [String: JSON], calls: [[String: JSON]] = []) {
        if message.isEmpty && calls.allSatisfy(\.isEmpty) { return nil }
        self.endpoint = endpoint
        self.message = message
        self.calls = calls
    }

    /// The names of all members, wherever they stand.
    package var names: Set<String> {
        var names = Set(message.keys)
        for call in calls {
            names.formUnion(call.keys)
            names.formUnion(call["function"]?.object?.keys.map { $0 } ?? [])
        }
        return names.subtracting(["function"])
    }
}
