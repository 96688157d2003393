package import Assistant
internal import FoundationEssentials
package import JSON
internal import Memory

/// What ``MemorySearch`` gives.
package struct FoundMessages: ToolOutput {
    package struct Message: ToolOutput {
        /// ISO 8601, UTC.
        package let date: String
        package let role: RecalledMessage.Role
        package let run: String
        package let session: String
        /// Its beginning.
        package let content: String

        package var json: JSON {
            [
                "date": .string(date), "role": .string(role.rawValue), "run": .string(run),
                "session": .string(session), "content": .string(content),
            ]
        }
    }

    /// Best first.
    package let messages: [Message]

    package var json: JSON { ["messages": messages.json] }
}

extension FoundMessages {
    package init?(json: JSON) {
        guard let messages = json["messages"].flatMap([Message].init(json:)) else { return nil }
        self.init(messages: messages)
    }

    init(_ hits: some Sequence<SearchHit>) {
        self.init(messages: hits.map { Message($0.message) })
    }
}

extension FoundMessages.Message {
    init(_ message: StoredMessage) {
        self.init(
            date: message.createdAt.formatted(.iso8601), role: message.role, run: message.run.description,
            session: message.sessionKey, content: String(message.content.prefix(2000)))
    }
}

extension FoundMessages.Message {
    package init?(json: JSON) {
        guard let date = json["date"]?.string, let role = json["role"]?.string.flatMap(RecalledMessage.Role.init),
            let run = json["run"]?.string, let session = json["session"]?.string,
            let content = json["content"]?.string
        else { return nil }
        self.init(date: date, role: role, run: run, session: session, content: content)
    }
}
