internal import Assistant
internal import FoundationEssentials
internal import Postgres

/// A message that may answer a question, and why.
struct Candidate: Hashable {
    let message: UUID
    let run: UUID
    /// Cosine of the angle for what was found by meaning; for what was found by words, how many of them it has.
    let score: Double
}

/// Which messages a search looks at.
enum SearchScope: Sendable, Hashable {
    case everything
    case repository(String?)
    case session(UUID)

    /// A condition over `messages m`; its parameter, when it has one, is `$4`.
    var condition: String {
        switch self {
        case .everything: "true"
        case .repository(nil): "m.repository IS NULL"
        case .repository: "m.repository = $4::text"
        case .session: "m.chat_session_id = $4::uuid"
        }
    }

    var parameters: [PostgresValue] {
        switch self {
        case .everything, .repository(nil): []
        case .repository(let name?): [.visible(name)]
        case .session(let id): [.uuid(id)]
        }
    }
}

enum CandidateStatements {
    static let count = 60
    /// So many of the nearest by bits are compared by their vectors.
    static let reranked = 400

    /// The nearest messages, exactly: every vector of the scope is compared, behind its btree.
    static func byMeaning(_ question: QuestionVector, user: String, in scope: SearchScope) -> PostgresStatement {
        if scope == .everything { return nearestOfEverything(question, user: user) }
        return PostgresStatement(
            """
            SELECT m.id, m.run_id, -(m.embedding <#> $1::vector) AS score FROM messages m
            WHERE \(scope.condition) AND m.embedding_model = $2::text AND m.user_id = $3::text
            ORDER BY m.embedding <#> $1::vector, m.created_at DESC LIMIT \(count)
            """, [.vector(question.vector), .text(question.model), .text(user)] + scope.parameters)
    }

    /// The nearest messages of all: exactly by the signs of their components, then by their vectors.
    ///
    /// At 100,000 messages it takes less than an HNSW index that finds as many of the true nearest would save; one
    /// over `message_bits` (`bit_hamming_ops`) pays from some 200,000 messages on, and its statement is this one.
    private static func nearestOfEverything(_ question: QuestionVector, user: String) -> PostgresStatement {
        PostgresStatement(
            """
            WITH near AS MATERIALIZED (
                SELECT message_id FROM message_bits WHERE embedding_model = $2::text AND user_id = $3::text
                ORDER BY bits <~> binary_quantize($1::vector)::bit(1536) LIMIT \(reranked)
            )
            SELECT m.id, m.run_id, -(m.embedding <#> $1::vector) AS score
            FROM near JOIN messages m ON m.id = near.message_id
            WHERE m.embedding_model = $2::text
            ORDER BY m.embedding <#> $1::vector, m.created_at DESC LIMIT \(count)
            """, [.vector(question.vector), .text(question.model), .text(user)])
    }

    /// The messages that have most of some words.
    static func byWords(_ words: [String], user: String, in scope: SearchScope) -> PostgresStatement {
        PostgresStatement(
            """
            SELECT id, run_id,
                (SELECT count(*) FROM unnest($2::text[]) word WHERE search @@ to_tsquery('simple', word))::float8
                    AS score
            FROM (
                SELECT m.id, m.run_id, m.search, m.created_at, ts_rank(m.search, to_tsquery('simple', $1::text), 1) AS rank
                FROM messages m
                WHERE m.search @@ to_tsquery('simple', $1::text) AND m.user_id = $3::text AND \(scope.condition)
                ORDER BY rank DESC, m.created_at DESC LIMIT \(count)
            ) found
            ORDER BY rank DESC, created_at DESC
            """, [.text(SearchWords.query(words)), .textArray(words), .text(user)] + scope.parameters)
    }

    static func candidates(_ result: PostgresResult) throws(JournalError) -> [Candidate] {
        try result.rows.map { row throws(JournalError) in
            let reader = RowReader(row, while: "messages were looked for")
            return try Candidate(
                message: reader.uuid("id"), run: reader.uuid("run_id"), score: reader.double("score"))
        }
    }
}
