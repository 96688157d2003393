/// Sees a run as it happens; the terminal and `--json` event lines fulfil it. Called in order, must not block.
package protocol RunObserver: Sendable {
    func observe(_ event: RunEvent)
}

/// Observes nothing.
package struct SilentObserver: RunObserver {
    package init() {}
    package func observe(_ event: RunEvent) {}
}
