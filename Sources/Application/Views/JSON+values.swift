package import FoundationEssentials
package import JSON

// How values are spelt in every `--json` (docs/json.md): members in snake_case, units in names, times in RFC 3339.

extension JSON {
    /// RFC 3339, in UTC, to the second; null where there is none.
    package static func time(_ date: Date?) -> JSON { date.map { .string($0.formatted(.iso8601)) } ?? .null }
}
