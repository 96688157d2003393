internal import FoundationEssentials
package import JSON

/// The digest that `vocero hook last` shows: the latest of a repository, in a file.
package struct LastDigest: Sendable, Hashable {
    package var hook: String
    package var branch: String?
    package var from: String
    package var to: String
    /// Seconds since 1970.
    package var time: Int
    /// The model's name; nil for the offline digest.
    package var model: String?
    package var text: String

    package init(
        hook: String, branch: String?, from: String, to: String, time: Int, model: String?, text: String
    ) {
        self.hook = hook
        self.branch = branch
        self.from = from
        self.to = to
        self.time = time
        self.model = model
        self.text = text
    }

    package var json: JSON {
        [
            "hook": .string(hook), "branch": .optional(branch), "from": .string(from),
            "to": .string(to), "time": .integer(time), "model": .optional(model),
            "text": .string(text),
        ]
    }

    package init?(_ json: JSON) {
        guard let hook = json["hook"]?.string, let from = json["from"]?.string, let to = json["to"]?.string,
            let time = json["time"]?.integer, let text = json["text"]?.string
        else { return nil }
        self.init(
            hook: hook, branch: json["branch"]?.string, from: from, to: to, time: time, model: json["model"]?.string,
            text: text)
    }
}
