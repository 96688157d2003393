/// A tool that is known without an instance of it: also where it is not offered.
package protocol DeclaredTool: Tool {
    /// What its calls give.
    associatedtype Output: ToolOutput

    static var declaration: ToolDeclaration { get }
}

extension DeclaredTool {
    package var declaration: ToolDeclaration { Self.declaration }
}

/// A tool that only reads: nothing to check beforehand, the arguments are the intent.
package protocol ReadingTool: DeclaredTool {
    associatedtype Output

    func read(_ arguments: Arguments) async throws(ToolError) -> Output
}

extension ReadingTool {
    package func prepare(_ arguments: Arguments) async throws(ToolError) -> PreparedCall {
        PreparedCall(intent: arguments.json) { () async throws(ToolError) in
            ToolResult(try await read(arguments).json)
        }
    }
}
