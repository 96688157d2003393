package import JSON

extension Finding {
    package var json: JSON {
        [
            "name": .string(name), "state": .string(state.rawValue), "what": .string(what),
            "advice": .optional(advice),
        ]
    }
}
