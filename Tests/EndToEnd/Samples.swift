import FoundationEssentials
import JSON

/// The recordings that come with the project.
enum Samples {
    static let directory = URL(filePath: #filePath).deletingLastPathComponent().path + "/../../samples"

    static func path(_ name: String) -> String { directory + "/" + name }

    /// What is said in each, as `samples/transcripts.json` has it.
    static let all: [Sample] = {
        guard let data = FileManager.default.contents(atPath: path("transcripts.json")),
            let members = (try? JSON(parsing: Array(data)))?.object
        else { return [] }
        return members.sorted { $0.key < $1.key }.map { name, entry in
            Sample(name: name, language: entry["language"]?.string ?? "", text: entry["text"]?.string ?? "")
        }
    }()
}

struct Sample: Sendable {
    let name: String
    let language: String
    let text: String
}
