package import JSON

/// A parameter of any type.
package protocol ToolParameter: Sendable {
    var name: String { get }
    var schema: JSON { get }
    var isRequired: Bool { get }
}
