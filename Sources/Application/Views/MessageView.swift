internal import Assistant
package import FoundationEssentials
package import JSON
internal import Memory

/// One message of a turn as it is remembered, for people and programs.
package struct MessageView: Sendable {
    package let id: UUID
    package let run: String
    package let session: String
    package let repository: String?
    package let isQuestion: Bool
    /// `user` or `assistant`.
    package let role: String
    package let content: String
    package let createdAt: Date
    package let tokens: Int
    /// The model of its embedding; nil until it has one.
    package let embeddingModel: String?

    init(_ message: StoredMessage) {
        id = message.id
        run = message.run.description
        session = message.sessionKey
        repository = message.repository
        isQuestion = message.role == .user
        role = message.role.rawValue
        content = message.content
        createdAt = message.createdAt
        tokens = message.tokens
        embeddingModel = message.embeddingModel
    }

    package var json: JSON { .object(members) }

    var members: [String: JSON] {
        [
            "id": .string(id.uuidString.lowercased()), "run": .string(run), "session": .string(session),
            "repository": .optional(repository), "role": .string(role), "content": .string(content),
            "created_at": .time(createdAt), "tokens": .integer(tokens), "embedding_model": .optional(embeddingModel),
        ]
    }
}

/// A message that was found.
package struct FoundMessageView: Sendable {
    package let message: MessageView
    /// Cosine similarity to the question, when it was found by meaning.
    package let similarity: Double?
    /// How many of the question's words it has, when it was found by words.
    package let matchedWords: Int?

    init(_ hit: SearchHit) {
        message = MessageView(hit.message)
        similarity = hit.similarity
        matchedWords = hit.matchedWords
    }

    package var json: JSON {
        var members = message.members
        members["similarity"] = .optional(similarity)
        members["matched_words"] = .optional(matchedWords)
        return .object(members)
    }
}
