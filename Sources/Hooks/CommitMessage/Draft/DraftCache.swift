internal import Files
internal import Hashing
internal import JSON

/// Drafts that were paid for, by the change they are for: a commit that is tried again costs nothing.
///
/// A file each in one directory, readable by the user alone. What cannot be read or written is as good as not there:
/// the cache only saves.
package struct DraftCache: Sendable {
    struct Entry: Sendable, Hashable {
        let text: String
        let model: String
        let leftOut: String?
    }

    private static let most = 500

    private let directory: String
    /// What else the draft depends on: the model, the endpoint, the configured style.
    private let context: String

    package init(directory: String, context: String) {
        self.directory = directory
        self.context = context
    }

    func holds(_ change: ContentHash) -> Bool { entry(for: change) != nil }

    func entry(for change: ContentHash) -> Entry? {
        guard let bytes = try? FileSystem.contents(of: path(of: change), limit: .max),
            let json = try? JSON(parsing: String(decoding: bytes, as: UTF8.self)), let text = json["text"]?.string,
            let model = json["model"]?.string
        else { return nil }
        return Entry(text: text, model: model, leftOut: json["left_out"]?.string)
    }

    func keep(_ entry: Entry, for change: ContentHash) {
        let json: JSON = [
            "text": .string(entry.text), "model": .string(entry.model),
            "left_out": .optional(entry.leftOut),
        ]
        try? FileSystem.makeDirectories(directory)
        try? NewFile.write(
            Array(json.description.utf8), to: path(of: change), passing: .random(prefix: ".new-"), isDurable: false)
        prune()
    }

    private func path(of change: ContentHash) -> String {
        let key = ContentHash(of: change.bytes, Array("\(DraftPrompt.version) \(context)".utf8))
        return "\(directory)/\(key).json"
    }

    /// The oldest go when there are too many.
    private func prune() {
        let names = FileSystem.names(in: directory)
        guard names.count > Self.most else { return }
        let dated = names.map { name -> (path: String, seconds: Int) in
            let path = "\(directory)/\(name)"
            return (path, (try? FileStatus(of: path, followingLink: false))?.modified.seconds ?? .min)
        }
        for old in dated.sorted(by: { $0.seconds < $1.seconds }).prefix(names.count - Self.most * 9 / 10) {
            try? FileSystem.remove(old.path)
        }
    }
}
