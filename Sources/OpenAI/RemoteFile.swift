package import FoundationEssentials
internal import JSON

/// A file that lies at an endpoint.
package struct RemoteFile: Sendable, Hashable {
    package let id: String
    package let name: String
    package let size: Int
    package let createdAt: Date?

    /// Nil when it has no id.
    init?(_ json: JSON) {
        guard let id = json["id"]?.string, Self.isID(id) else { return nil }
        self.id = id
        name = json["filename"]?.string ?? ""
        size = json["bytes"]?.count ?? 0
        createdAt = json["created_at"]?.number.map { Date(timeIntervalSince1970: $0) }
    }

    /// Ids are shown to people: visible ASCII, and not too long.
    static func isID(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 200 && text.utf8.allSatisfy { (0x21...0x7e).contains($0) }
    }
}
