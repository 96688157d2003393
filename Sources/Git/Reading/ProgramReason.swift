extension Repository {
    /// Why the git program must do what touches the index or the work tree here; nil when libgit2 can.
    nonisolated func programReason(forWorkTree: Bool) -> String? {
        if let feature = traits.extensions.first { return "the repository format \(feature)" }
        guard forWorkTree else { return nil }
        if traits.isSparse { return "a sparse checkout" }
        if traits.hasSplitIndex { return "a split index" }
        if traits.isPartialClone { return "a partial clone" }
        if let filter = traits.externalFilters.first { return "the filter \(filter)" }
        return nil
    }
}
