/// Reads on in a result that was cut. The run loop gives it to every agent that has tools.
package struct ResultReadTool: Tool {
    static let id = Parameter<String>("id", "The id in the note of the cut result.", .mayBeEmpty)
    static let line = Parameter<Int>("line", default: 1, .atLeast(1))
    static let find = Parameter<String?>("find")

    package static let declaration = ToolDeclaration(
        reading: "result_read",
        "Reads on in a tool result that was cut: from a line, or only the lines that contain a text.",
        families: [.results], parameters: [id, line, find])

    let results: ResultPager

    package var declaration: ToolDeclaration { Self.declaration }

    package func prepare(_ arguments: Arguments) async throws(ToolError) -> PreparedCall {
        let results = results
        return PreparedCall(intent: arguments.json) { () async throws(ToolError) in
            let page = try results.page(
                of: arguments[Self.id], from: arguments[Self.line], finding: arguments[Self.find])
            return ToolResult(page)
        }
    }
}
