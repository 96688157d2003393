internal import Concurrency

extension Console {
    /// Asks for a line; nil when the input ends, the run is interrupted meanwhile, or several lines were pasted.
    func line(_ prompt: String) async -> String? {
        let stop = StopFlag()
        let typed = await withTaskCancellationHandler {
            await blocking(label: "vocero.terminal") { () throws(Never) -> TypedLine in
                TypedLine.read(isCancelled: { stop.isSet }) { self.prompt(prompt) }
            }
        } onCancel: {
            stop.set()
        }
        if case .line(let text) = typed { return text }
        return nil
    }
}
