/// A value that is never printed: its description says only that it is set.
package struct Secret: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible {
    /// The value itself, for the one place that sends it.
    package let value: String

    package init(_ value: String) { self.value = value }

    /// `set (…ab12)`; `set` alone where four characters would tell too much.
    package var description: String {
        value.count >= 16 ? "set (…\(value.suffix(4)))" : "set"
    }

    package var debugDescription: String { description }
}
