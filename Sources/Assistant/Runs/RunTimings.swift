package struct RunTimings: Sendable, Hashable {
    package var recall: Duration = .zero
    /// In model calls.
    package var model: Duration = .zero
    /// In tools, the time a person took to approve included.
    package var tools: Duration = .zero
    package var total: Duration = .zero

    package init() {}
}
