internal import Assistant
internal import FoundationEssentials
internal import Postgres
internal import Retrieval
package import Store

/// A message that was found.
package struct SearchHit: Sendable, Hashable {
    package var message: StoredMessage
    /// Cosine similarity to the question, when it was found by meaning.
    package var similarity: Double?
    /// How many of the question's words it has, when it was found by words.
    package var matchedWords: Int?
    /// Of the fusion of both; only its order means anything.
    package var score: Double
}

extension MemoryStore {
    /// The messages that answer a question best, by meaning and by words (also by parts of identifiers), best first:
    /// of everything, of what was said about one repository, or, before that, of the session with a key. An unknown
    /// key is `notFound`.
    package func search(
        _ query: String, limit: Int = 10, repository: String? = nil, session: String? = nil
    ) async throws(StoreError) -> [SearchHit] {
        let scope: SearchScope =
            if let session { .session(try await sessionID(key: session)) } else {
                repository.map { .repository($0) } ?? .everything
            }
        return try await search(query, limit: limit, in: scope)
    }

    /// The same of what was said about this repository alone; without one, of what was said outside of all.
    package func search(
        _ query: String, limit: Int, only repository: String?
    ) async throws(StoreError) -> [SearchHit] {
        try await search(query, limit: limit, in: .repository(repository))
    }

    private func search(
        _ query: String, limit: Int, in scope: SearchScope
    ) async throws(StoreError) -> [SearchHit] {
        let question = try await question(query, in: scope)
        let statements = question.statements(user: user, in: scope)
        guard !statements.isEmpty else { return [] }
        let (near, worded) = try question.found(try await run(statements, while: "messages were searched"))
        let fused = RankFusion.fuse([near.map(\.message), worded.map(\.message)]).prefix(limit)
        let found = try await messages(fused.map(\.key))
        let similarity = Dictionary(near.map { ($0.message, $0.score) }) { first, _ in first }
        let matched = Dictionary(worded.map { ($0.message, Int($0.score)) }) { first, _ in first }
        return fused.compactMap { key, score in
            found[key].map {
                SearchHit(message: $0, similarity: similarity[key], matchedWords: matched[key], score: score)
            }
        }
    }

    private func messages(_ ids: [UUID]) async throws(StoreError) -> [UUID: StoredMessage] {
        guard !ids.isEmpty else { return [:] }
        let statement = PostgresStatement(
            "\(StoredMessage.selection) WHERE m.id = ANY ($1::uuid[])", [.uuidArray(ids)])
        var found: [UUID: StoredMessage] = [:]
        let messages = try await statements.values(statement, while: "messages were searched") {
            row throws(StoreError) in try StoredMessage(row)
        }
        for message in messages { found[message.id] = message }
        return found
    }
}
