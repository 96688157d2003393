package import Assistant

/// A tool that takes its time from the item's clock, and is stopped when that is over.
package struct TimedTool: Tool {
    private let tool: any Tool
    private let clock: ItemClock

    package init(_ tool: any Tool, clock: ItemClock) {
        self.tool = tool
        self.clock = clock
    }

    package var declaration: ToolDeclaration { tool.declaration }

    package func prepare(_ arguments: Arguments) async throws(ToolError) -> PreparedCall {
        let tool = tool
        let prepared = try await timed(mayChange: false) { () async throws(ToolError) in
            try await tool.prepare(arguments)
        }
        return PreparedCall(intent: prepared.intent, subject: prepared.subject, preview: prepared.preview) {
            () async throws(ToolError) in
            try await timed(mayChange: !tool.effect.isRead, prepared.perform)
        }
    }

    /// `mayChange`: what is stopped may have had an effect.
    func timed<Value: Sendable>(
        mayChange: Bool, _ body: @escaping @Sendable () async throws(ToolError) -> Value
    ) async throws(ToolError) -> Value {
        let name = tool.description.name
        let late = "the item took longer than \(clock.time)"
        guard !clock.isOver else { throw ToolError(.failed, "\(name) was not begun: \(late)") }
        let (result, wasStopped) = await clock.run { () -> Result<Value, ToolError> in
            do throws(ToolError) {
                return .success(try await body())
            } catch {
                return .failure(error)
            }
        }
        // What came in the end has happened.
        guard wasStopped, !Task.isCancelled, case .failure(let error) = result else { return try result.get() }
        clock.note(stopped: name)
        guard mayChange else { throw ToolError(.failed, "\(name) was stopped: \(late)") }
        // What failed for a reason of its own has changed nothing.
        guard error.kind == .cancelled else { throw error }
        throw ToolError(
            .outcomeUnknown, "\(name) was stopped: \(late). Whether it has changed something is not known")
    }
}
