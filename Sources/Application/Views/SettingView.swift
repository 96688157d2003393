package import JSON
package import Settings

/// A setting, its value and where it came from. Secrets are not shown.
package struct SettingView: Sendable {
    private let line: SettingLine

    package init(_ line: SettingLine) { self.line = line }

    package var json: JSON {
        ["value": .optional(line.display), "source": .string(line.source.description), "help": .string(line.help)]
    }
}
