package import JSON

/// What an item says of itself, from its front matter or its line to the queue and back. Nil: as the batch says.
package struct ItemOptions: Sendable, Hashable {
    package var agent: String?
    package var session: String?
    package var repository: String?
    package var model: String?
    /// The path of a policy file, as it was written.
    package var policy: String?
    package var maxSteps: Int?
    package var maxTokens: Int?
    /// In US dollars.
    package var maxCost: Double?
    package var maxSeconds: Int?
    /// The absolute path of a recording, which is transcribed first; nil for text.
    package var recording: String?

    package init(model: String? = nil, recording: String? = nil) {
        self.model = model
        self.recording = recording
    }
}

/// As options are stored with an item: what was not given is left out. Batches that exist have these names, and
/// statements read `model` and `recording`.
extension ItemOptions {
    private enum Member {
        static let texts: [(String, any WritableKeyPath<ItemOptions, String?> & Sendable)] = [
            ("agent", \.agent), ("session", \.session), ("repository", \.repository), ("model", \.model),
            ("policy", \.policy), ("recording", \.recording),
        ]
        static let wholes: [(String, any WritableKeyPath<ItemOptions, Int?> & Sendable)] = [
            ("max_steps", \.maxSteps), ("max_tokens", \.maxTokens), ("max_seconds", \.maxSeconds),
        ]
        static let maxCost = "max_cost"
    }

    package var json: JSON {
        var members: [String: JSON] = [:]
        for (name, path) in Member.texts { if let text = self[keyPath: path] { members[name] = .string(text) } }
        for (name, path) in Member.wholes { if let number = self[keyPath: path] { members[name] = .integer(number) } }
        if let maxCost { members[Member.maxCost] = .number(maxCost) }
        return .object(members)
    }

    /// What has no known name, or another type than it should, is as not given.
    package init(json: JSON) {
        for (name, path) in Member.texts { self[keyPath: path] = json[name]?.string }
        for (name, path) in Member.wholes { self[keyPath: path] = json[name]?.integer }
        maxCost = json[Member.maxCost]?.number
    }
}
