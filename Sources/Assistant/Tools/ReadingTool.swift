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
