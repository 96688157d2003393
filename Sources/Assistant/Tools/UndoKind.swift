/// Which record, kept with a call, takes its effect back. Tools add their own.
package struct UndoKind: Sendable, Hashable {
    package let name: String

    package init(_ name: String) { self.name = name }
}
