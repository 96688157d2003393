import Foundation
import JSON
import Testing

/// Requests, with what must come of each.
struct RequestCase: Sendable, CustomStringConvertible {
    let id: String
    let language: String
    let kind: String
    /// typed, spoken, polite, …
    let style: String
    let text: String
    /// Nil where nothing may be done.
    let intent: String?
    let slots: [String: JSON]
    let missing: [String]

    var description: String { "\(id): \(text)" }

    /// The cases of a file in `Requests/`.
    static func all(in file: String) throws -> [RequestCase] {
        let url = try #require(Bundle.module.url(forResource: file, withExtension: "jsonl", subdirectory: "Requests"))
        let lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n")
        return try lines.map { line in
            let row = try JSON(parsing: String(line))
            let expect = try #require(row["expect"])
            return RequestCase(
                id: try #require(row["id"]?.string), language: try #require(row["lang"]?.string),
                kind: try #require(row["kind"]?.string), style: row["style"]?.string ?? "typed",
                text: try #require(row["text"]?.string),
                intent: expect["intent"]?.string, slots: expect["slots"]?.object ?? [:],
                missing: (expect["missing"]?.array ?? []).compactMap(\.string))
        }
    }
}
