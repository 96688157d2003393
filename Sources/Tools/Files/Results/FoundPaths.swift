internal import Assistant
package import JSON

/// What ``FileFind`` gives.
package struct FoundPaths: ToolOutput {
    package let paths: [String]
    package let hasMore: Bool

    package var json: JSON { ["paths": paths.json, "more": .bool(hasMore)] }
}

extension FoundPaths {
    package init?(json: JSON) {
        guard let paths = json["paths"].flatMap([String].init(json:)), let hasMore = json["more"]?.bool else {
            return nil
        }
        self.init(paths: paths, hasMore: hasMore)
    }
}
