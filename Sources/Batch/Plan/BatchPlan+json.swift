internal import JSON

/// A plan as it is stored with its batch. Batches that exist have these names.
extension BatchPlan {
    var json: JSON {
        [
            "model": .optional(model), "agent": .optional(agent),
            "tools": .bool(usesTools), "policies": .array(policies.map(\.json)),
            "language": .optional(language), "concurrency": .integer(bounds.concurrency),
            "rpm": .optional(bounds.requestsPerMinute),
            "tpm": .optional(bounds.tokensPerMinute), "attempts": .integer(attempts),
            "deadline": .integer(deadline), "output_tokens": .optional(outputTokens),
            "input": input.map(\.json) ?? .null, "limits_money": .bool(limitsMoney),
            "via": .optional(via), "lease": .integer(lease),
        ]
    }

    init(json: JSON) {
        model = json["model"]?.string
        agent = json["agent"]?.string
        usesTools = json["tools"]?.bool ?? true
        policies = (json["policies"]?.array ?? []).compactMap(NamedPolicy.init(json:))
        language = json["language"]?.string
        bounds = BatchBounds(
            concurrency: json["concurrency"]?.count ?? 64, requestsPerMinute: json["rpm"]?.count,
            tokensPerMinute: json["tpm"]?.count)
        attempts = json["attempts"]?.count ?? 4
        deadline = json["deadline"]?.count ?? 600
        outputTokens = json["output_tokens"]?.count
        limitsMoney = json["limits_money"]?.bool ?? false
        via = json["via"]?.string
        input = json["input"].flatMap(Input.init(json:))
        lease = json["lease"]?.count ?? 60
    }
}

extension BatchPlan.Input {
    fileprivate var json: JSON {
        [
            "path": .string(path), "is_folder": .bool(isFolder), "include": .array(include.map { .string($0) }),
            "exclude": .array(exclude.map { .string($0) }),
        ]
    }

    fileprivate init?(json: JSON) {
        guard let path = json["path"]?.string else { return nil }
        self.path = path
        isFolder = json["is_folder"]?.bool ?? true
        include = (json["include"]?.array ?? []).compactMap(\.string)
        exclude = (json["exclude"]?.array ?? []).compactMap(\.string)
    }
}

extension BatchPlan.NamedPolicy {
    fileprivate var json: JSON {
        ["name": .string(name), "entries": .array(entries.map { [.string($0.key), .string($0.value)] })]
    }

    fileprivate init?(json: JSON) {
        guard let name = json["name"]?.string, let entries = json["entries"]?.array else { return nil }
        self.name = name
        self.entries = entries.compactMap { entry in
            guard let pair = entry.array, pair.count == 2, let key = pair[0].string, let value = pair[1].string else {
                return nil
            }
            return BatchPlan.Entry(key: key, value: value)
        }
    }
}
