/// A tool that is known without an instance of it: also where it is not offered.
package protocol DeclaredTool: Tool {
    /// What its calls give.
    associatedtype Output: ToolOutput

    static var declaration: ToolDeclaration { get }
}

extension DeclaredTool {
    package var declaration: ToolDeclaration { Self.declaration }
}
