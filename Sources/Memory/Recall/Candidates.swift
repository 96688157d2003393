internal import Assistant
internal import FoundationEssentials
internal import Postgres
internal import Retrieval
internal import Store

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

    /// A condition over `messages m`, whose parameter, when it has one, is `parameter`.
    func condition(_ parameter: String) -> String {
        switch self {
        case .everything: "true"
        case .repository(nil): "m.repository IS NULL"
        case .repository: "m.repository = \(parameter)::text"
        case .session: "m.chat_session_id = \(parameter)::uuid"
        }
    }

    /// About how many messages there are to look at: counted up to where only the whole matters.
    func size(user: String) -> PostgresStatement {
        if self == .everything {
            return PostgresStatement(
                "SELECT greatest(reltuples, 0)::int8 AS size FROM pg_class WHERE oid = 'messages'::regclass")
        }
        return PostgresStatement(
            """
            SELECT count(*) AS size FROM (
                SELECT FROM messages m WHERE m.user_id = $1::text AND \(condition("$2")) LIMIT 20000
            ) counted
            """, [.text(user)] + parameters)
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
    /// So many of the best by the database's own rank are weighed word by word.
    static let ranked = 200

    /// The nearest messages, exactly: every vector of the scope is compared, behind its btree.
    static func byMeaning(_ question: QuestionVector, user: String, in scope: SearchScope) -> PostgresStatement {
        if scope == .everything { return nearestOfEverything(question, user: user) }
        return PostgresStatement(
            """
            SELECT m.id, m.run_id, -(m.embedding <#> $1::vector) AS score FROM messages m
            WHERE \(scope.condition("$4")) AND m.embedding_model = $2::text AND m.user_id = $3::text
            ORDER BY m.embedding <#> $1::vector, m.created_at DESC LIMIT \(count)
            """, [.vector(question.vector), .text(question.model), .text(user)] + scope.parameters)
    }

    /// The nearest messages of all: all by their codes, then the nearest by their vectors.
    ///
    /// At 100,000 messages it takes less than an HNSW index that finds as many of the true nearest would save; one
    /// over `message_bits` (`bit_hamming_ops`) pays from some 200,000 messages on, and its statement is this one.
    private static func nearestOfEverything(_ question: QuestionVector, user: String) -> PostgresStatement {
        PostgresStatement(
            """
            WITH near AS MATERIALIZED (
                SELECT message_id FROM message_bits WHERE embedding_model = $2::text AND user_id = $3::text
                ORDER BY bits <~> $4::bit(1536) LIMIT \(reranked)
            )
            SELECT m.id, m.run_id, -(m.embedding <#> $1::vector) AS score
            FROM near JOIN messages m ON m.id = near.message_id
            WHERE m.embedding_model = $2::text
            ORDER BY m.embedding <#> $1::vector, m.created_at DESC LIMIT \(count)
            """,
            [.vector(question.vector), .text(question.model), .text(user), StoredVector.code(of: question.vector)])
    }

    /// The messages that have the most telling of some words. A scope of few messages is read through its btree: the
    /// index of words would be read for all scopes.
    static func byWords(_ query: WordQuery, user: String, in scope: SearchScope) -> PostgresStatement {
        let here = "m.user_id = $3::text AND \(scope.condition("$4"))"
        let columns = "m.id, m.run_id, m.search, m.created_at"
        let (scoped, source, also) =
            query.isSmall && scope != .everything
            ? ("WITH scoped AS MATERIALIZED (SELECT \(columns) FROM messages m WHERE \(here))", "scoped", "true")
            : ("", "messages", here)
        return PostgresStatement(
            """
            \(scoped)
            SELECT found.id, found.run_id, worth.matched::float8 AS score
            FROM (
                SELECT \(columns), ts_rank(m.search, to_tsquery('simple', $2::text), 1) AS rank
                FROM \(source) m WHERE m.search @@ to_tsquery('simple', $1::text) AND \(also)
                ORDER BY rank DESC, m.created_at DESC LIMIT \(ranked)
            ) found, LATERAL (
                SELECT count(*) AS matched, sum(asked.weight) AS weight
                FROM unnest($\(next(scope))::text[], $\(next(scope) + 1)::int8[]) AS asked (word, weight)
                WHERE found.search @@ to_tsquery('simple', asked.word)
            ) worth
            ORDER BY worth.weight DESC, found.rank DESC, found.created_at DESC LIMIT \(count)
            """,
            [.text(query.candidates), .text(query.ranking), .text(user)] + scope.parameters
                + [.textArray(query.words), .int8Array(query.weights)])
    }

    private static func next(_ scope: SearchScope) -> Int { 4 + scope.parameters.count }

    /// The part of all messages that hold a word, for those of some words that many hold: out of the statistics that
    /// ANALYZE keeps.
    static func shares(of words: [String]) -> PostgresStatement {
        PostgresStatement(
            """
            SELECT common.word, common.share::float8 AS share
            FROM pg_stats s, unnest(s.most_common_elems::text::text[], s.most_common_elem_freqs) AS common (word, share)
            WHERE s.schemaname = current_schema() AND s.tablename = 'messages' AND s.attname = 'search'
                AND common.word = ANY ($1::text[])
            """, [.textArray(words)])
    }

    static func candidates(_ result: PostgresResult) throws(StoreError) -> [Candidate] {
        try result.rows.map { row throws(StoreError) in
            let reader = RowReader(row, while: "messages were looked for")
            return try Candidate(
                message: reader.uuid("id"), run: reader.uuid("run_id"), score: reader.double("score"))
        }
    }
}
