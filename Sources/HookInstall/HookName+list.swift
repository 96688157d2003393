extension HookName {
    /// Reads names as a person types them; none means those that are installed by default.
    ///
    /// - Throws: `badInput` for an unknown one, listing what is valid.
    package static func named(_ words: [String], default fallback: [HookName]) throws(HookError) -> [HookName] {
        var names: [HookName] = []
        for word in words {
            guard let name = HookName(rawValue: word) else {
                let valid = allCases.map(\.rawValue).joined(separator: ", ")
                throw HookError(.badInput, "There is no hook '\(word)'; the hooks are \(valid).")
            }
            if !names.contains(name) { names.append(name) }
        }
        return names.isEmpty ? fallback : names
    }
}
