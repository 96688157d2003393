package import Git

/// One line that git writes to a pre-push hook.
package struct PushUpdate: Sendable, Hashable {
    package let localReference: String
    /// Nil when the remote's reference is deleted.
    package let local: ObjectID?
    package let remoteReference: String
    /// What the remote has; nil for a new reference.
    package let remote: ObjectID?

    package init(localReference: String, local: ObjectID?, remoteReference: String, remote: ObjectID?) {
        self.localReference = localReference
        self.local = local
        self.remoteReference = remoteReference
        self.remote = remote
    }

    /// Reads `LOCAL-REF LOCAL-ID REMOTE-REF REMOTE-ID`; ids of zeros, 40 or 64, stand for nothing. Nil for a line that
    /// is not of this form.
    package init?(line: some StringProtocol) {
        // The local side may be an expression with blanks in it, such as `HEAD@{1 day ago}`.
        let words = line.split(separator: " ")
        guard words.count >= 4 else { return nil }
        let (front, last) = (words.dropLast(3), Array(words.suffix(3)))
        guard Self.isID(last[0]), Self.isID(last[2]) else { return nil }
        self.init(
            localReference: front.joined(separator: " "), local: Self.id(last[0]), remoteReference: String(last[1]),
            remote: Self.id(last[2]))
    }

    package static func read(_ text: String) -> [PushUpdate] {
        text.split(whereSeparator: \.isNewline).compactMap { PushUpdate(line: $0) }
    }

    package var isTag: Bool { remoteReference.hasPrefix("refs/tags/") }

    /// `main`, `v1.0`.
    package var name: String {
        for front in ["refs/heads/", "refs/tags/"] where remoteReference.hasPrefix(front) {
            return String(remoteReference.dropFirst(front.count))
        }
        return remoteReference
    }

    private static func isID(_ text: some StringProtocol) -> Bool { ObjectID(hex: String(text)) != nil }

    private static func id(_ text: some StringProtocol) -> ObjectID? {
        text.allSatisfy { $0 == "0" } ? nil : ObjectID(hex: String(text))
    }
}
