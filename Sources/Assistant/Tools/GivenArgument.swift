internal import JSON

/// One parameter with its value.
package struct GivenArgument: Sendable, Hashable {
    let name: String
    let value: JSON?
}
