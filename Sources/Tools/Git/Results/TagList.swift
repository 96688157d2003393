internal import Assistant
internal import FoundationEssentials
internal import Git
package import JSON

/// What ``GitTags`` gives.
package struct TagList: ToolOutput {
    package struct Entry: ToolOutput {
        package let name: String
        package let short: String
        /// ISO 8601, UTC.
        package let date: String?
        package let message: String?

        package var json: JSON {
            [
                "name": .string(name), "short": .string(short), "date": .optional(date),
                "message": .optional(message),
            ]
        }
    }

    package let tags: [Entry]

    package var json: JSON { ["tags": tags.json] }
}

extension TagList {
    package init?(json: JSON) {
        guard let tags = json["tags"].flatMap([Entry].init(json:)) else { return nil }
        self.init(tags: tags)
    }

    init(_ tags: [Tag]) {
        self.init(
            tags: tags.map { tag in
                Entry(
                    name: tag.name, short: tag.target.short, date: tag.date?.formatted(.iso8601), message: tag.message)
            })
    }
}

extension TagList.Entry {
    package init?(json: JSON) {
        guard let name = json["name"]?.string, let short = json["short"]?.string else { return nil }
        self.init(name: name, short: short, date: json["date"]?.string, message: json["message"]?.string)
    }
}
