internal import FoundationEssentials
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
        guard let data = try? Data(contentsOf: URL(filePath: path(of: change))),
            let json = try? JSON(parsing: String(decoding: data, as: UTF8.self)), let text = json["text"]?.string,
            let model = json["model"]?.string
        else { return nil }
        return Entry(text: text, model: model, leftOut: json["left_out"]?.string)
    }

    func keep(_ entry: Entry, for change: ContentHash) {
        let json: JSON = [
            "text": .string(entry.text), "model": .string(entry.model),
            "left_out": entry.leftOut.map(JSON.string) ?? .null,
        ]
        let files = FileManager.default
        try? files.createDirectory(
            atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let path = path(of: change)
        try? Data(json.description.utf8).write(to: URL(filePath: path), options: .atomic)
        try? files.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        prune()
    }

    private func path(of change: ContentHash) -> String {
        let key = ContentHash(of: change.bytes, Array("\(DraftPrompt.version) \(context)".utf8))
        return "\(directory)/\(key).json"
    }

    /// The oldest go when there are too many.
    private func prune() {
        let files = FileManager.default
        guard let names = try? files.contentsOfDirectory(atPath: directory), names.count > Self.most else { return }
        let dated = names.map { name -> (path: String, date: Date) in
            let path = "\(directory)/\(name)"
            let date = (try? files.attributesOfItem(atPath: path))?[.modificationDate] as? Date
            return (path, date ?? .distantPast)
        }
        for old in dated.sorted(by: { $0.date < $1.date }).prefix(names.count - Self.most * 9 / 10) {
            try? files.removeItem(atPath: old.path)
        }
    }
}
