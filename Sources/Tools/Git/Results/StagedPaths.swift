internal import Assistant
package import JSON

/// What ``GitStage`` gives: the paths whose entries changed.
package struct StagedPaths: ToolOutput {
    package let paths: [String]

    package var json: JSON { ["paths": paths.json] }
}

extension StagedPaths {
    package init?(json: JSON) {
        guard let paths = json["paths"].flatMap([String].init(json:)) else { return nil }
        self.init(paths: paths)
    }
}
