/// Wakes a loop at the earliest of the times it has asked for.
struct Alarm {
    private var due: ContinuousClock.Instant?
    private var task: Task<Void, Never>?

    /// Rings at `time`, unless it rings before that anyway.
    mutating func set(for time: ContinuousClock.Instant?, _ ring: @escaping @Sendable () -> Void) {
        guard let time, due.map({ time < $0 }) ?? true else { return }
        task?.cancel()
        due = time
        task = Task {
            do {
                try await Task.sleep(until: time, clock: .continuous)
            } catch {
                return
            }
            ring()
        }
    }

    /// It has rung: the next time is asked for anew.
    mutating func rang() { due = nil }

    func cancel() { task?.cancel() }
}
