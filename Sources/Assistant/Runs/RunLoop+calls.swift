extension RunLoop {
    /// Reads that stand beside each other run together; writes run alone and in the order of the calls.
    func carryOut(
        _ calls: [ToolCall], step: Int, history: inout CallHistory
    ) async throws(RunFailure) -> [CallExecutor.Outcome] {
        var outcomes: [CallExecutor.Outcome] = []
        while outcomes.count < calls.count {
            let start = outcomes.count
            let reads = calls[start...].prefix { isRead($0) && !history.repeatsFailure($0) }
            let group = reads.isEmpty ? calls[start...start] : reads
            let places = group.indices.map { CallExecutor.Place(scope: scope, step: step, index: $0, call: calls[$0]) }
            let refuse = history.repeatsFailure(calls[start])
            let results = await withTaskGroup(of: (Int, Result<CallExecutor.Outcome, JournalError>).self) { tasks in
                for (offset, place) in places.enumerated() {
                    tasks.addTask { (offset, await attempt(place, repeatsFailure: refuse)) }
                }
                return await tasks.reduce(into: [Int: Result<CallExecutor.Outcome, JournalError>]()) { $0[$1.0] = $1.1 }
            }
            for offset in places.indices {
                guard let result = results[offset] else { continue }
                do throws(JournalError) {
                    let outcome = try result.get()
                    history.note(calls[start + offset], state: outcome.state)
                    outcomes.append(outcome)
                } catch {
                    throw .journal(error)
                }
            }
        }
        return outcomes
    }

    /// A delegate's own calls may write, so it takes its turn as a write does.
    private func isRead(_ call: ToolCall) -> Bool {
        guard let tool = executor.tools[call.name], !(tool is any DelegateTool) else { return false }
        return tool.effect.isRead
    }

    private func attempt(
        _ place: CallExecutor.Place, repeatsFailure: Bool
    ) async -> Result<CallExecutor.Outcome, JournalError> {
        do throws(JournalError) {
            if repeatsFailure { return .success(try await executor.refuseRepetition(place)) }
            return .success(try await executor.execute(place))
        } catch {
            return .failure(error)
        }
    }
}
