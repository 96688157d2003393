package import JSON

extension MessageRemark {
    package var json: JSON {
        [
            "disagreements": .array(disagreements.map { .string($0) }),
            "reason": .optional(failure),
        ]
    }
}
