internal import Assistant
package import JSON

/// What ``GitCheckout`` gives.
package struct MovedHead: ToolOutput {
    package let head: HeadPlace
    package let short: String?

    package var json: JSON { ["head": head.json, "short": .optional(short)] }
}

extension MovedHead {
    package init?(json: JSON) {
        guard let head = json["head"].flatMap(HeadPlace.init(json:)) else { return nil }
        self.init(head: head, short: json["short"]?.string)
    }
}
