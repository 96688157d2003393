internal import Assistant
internal import FoundationEssentials
internal import Postgres
internal import Retrieval
internal import Store

/// Finds what may answer a question: the nearest by meaning and the best by words, each with all that speaks for it, so that
/// one that was found by the one is weighed by the other, too.
struct CandidateStatement {
    /// So many by meaning, and so many by words.
    static let count = 60
    /// So many of the nearest by bits are compared by their vectors.
    private static let reranked = 400
    /// So many of the best by the database's own rank are weighed word by word.
    private static let ranked = 200

    private let scope: SearchScope
    private var parameters: [PostgresValue] = []
    private var user = ""
    /// A condition over `messages m`.
    private var here = ""

    /// What the database is asked.
    static func make(
        _ vector: QuestionVector?, _ words: WordQuery?, user: String, in scope: SearchScope
    ) -> PostgresStatement {
        var maker = CandidateStatement(scope, user: user)
        return maker.statement(vector, words)
    }

    private init(_ scope: SearchScope, user name: String) {
        self.scope = scope
        user = add(.text(name), "text")
        let place = scope.parameters.first.map { add($0) } ?? ""
        here = "m.user_id = \(user) AND \(scope.condition(place))"
    }

    private mutating func add(_ value: PostgresValue, _ type: String? = nil) -> String {
        parameters.append(value)
        return "$\(parameters.count)" + (type.map { "::\($0)" } ?? "")
    }

    private mutating func statement(_ vector: QuestionVector?, _ words: WordQuery?) -> PostgresStatement {
        let model = vector.map { add(.text($0.model), "text") } ?? "NULL"
        let meaning = vector.map { add(.vector($0.vector), "vector") } ?? "NULL::vector"
        let near = vector.map { self.near($0, meaning, model) } ?? "near AS (SELECT NULL::uuid AS id WHERE false)"
        let worded =
            words.map { self.worded($0) } ?? """
                asked AS (SELECT NULL::tsquery AS query, 0::float8 AS weight WHERE false),
                worded AS (SELECT NULL::uuid AS id WHERE false)
                """
        return PostgresStatement(
            """
            WITH \(near), \(worded)
            SELECT m.id, m.run_id, worth.matched,
                coalesce(worth.weight / nullif((SELECT sum(weight) FROM asked), 0), 0)::float8 AS share,
                CASE WHEN m.embedding_model = \(model) THEN -(m.embedding <#> \(meaning)) END AS similarity
            FROM (SELECT id FROM near UNION SELECT id FROM worded) found JOIN messages m USING (id),
                LATERAL (SELECT count(*) AS matched, sum(weight) AS weight FROM asked WHERE m.search @@ query) worth
            ORDER BY similarity DESC NULLS LAST, share DESC, m.created_at DESC
            """, parameters)
    }

    // MARK: By meaning

    /// Exactly: every vector of the scope is compared, behind its btree.
    private mutating func near(_ question: QuestionVector, _ meaning: String, _ model: String) -> String {
        if scope == .everything { return nearestOfEverything(question, meaning, model) }
        return """
            near AS MATERIALIZED (
                SELECT m.id FROM messages m WHERE \(here) AND m.embedding_model = \(model)
                ORDER BY m.embedding <#> \(meaning), m.created_at DESC LIMIT \(Self.count)
            )
            """
    }

    /// Of all messages: all by their codes, then the nearest by their vectors.
    ///
    /// At 100,000 messages it takes less than an HNSW index that finds as many of the true nearest would save; one
    /// over `message_bits` (`bit_hamming_ops`) pays from some 200,000 messages on, and its statement is this one.
    private mutating func nearestOfEverything(_ question: QuestionVector, _ meaning: String, _ model: String) -> String
    {
        let code = add(StoredVector.code(of: question.vector), "bit(1536)")
        return """
            coded AS MATERIALIZED (
                SELECT message_id FROM message_bits WHERE embedding_model = \(model) AND user_id = \(user)
                ORDER BY bits <~> \(code) LIMIT \(Self.reranked)
            ), near AS MATERIALIZED (
                SELECT m.id FROM coded JOIN messages m ON m.id = coded.message_id
                WHERE m.embedding_model = \(model)
                ORDER BY m.embedding <#> \(meaning), m.created_at DESC LIMIT \(Self.count)
            )
            """
    }

    // MARK: By words

    /// The messages that have the most telling of some words. A scope of few messages is read through its btree, for the
    /// index of words would be read for all scopes, and what a word tells is counted in it.
    private mutating func worded(_ query: WordQuery) -> String {
        let candidates = add(.text(query.candidates), "text")
        let ranking = add(.text(query.ranking), "text")
        let words = add(.textArray(query.words), "text[]")
        let asked: String
        if query.isSmall {
            asked = """
                scoped AS MATERIALIZED (SELECT m.id, m.search, m.created_at FROM messages m WHERE \(here)),
                asked AS MATERIALIZED (
                    SELECT query, ln(1 + (SELECT count(*) FROM scoped)
                        / (0.5 + (SELECT count(*) FROM scoped s WHERE s.search @@ query)))::float8 AS weight
                    FROM (SELECT to_tsquery('simple', word) AS query FROM unnest(\(words)) word) each
                )
                """
        } else {
            let weights = add(.int8Array(query.weights), "int8[]")
            asked = """
                asked AS MATERIALIZED (
                    SELECT to_tsquery('simple', word) AS query, weight::float8 AS weight
                    FROM unnest(\(words), \(weights)) AS each (word, weight)
                )
                """
        }
        return """
            \(asked), worded AS MATERIALIZED (
                SELECT ranked.id FROM (
                    SELECT m.id, m.search, m.created_at, ts_rank(m.search, to_tsquery('simple', \(ranking)), 1) AS rank
                    FROM \(query.isSmall ? "scoped" : "messages") m
                    WHERE m.search @@ to_tsquery('simple', \(candidates)) AND \(query.isSmall ? "true" : here)
                    ORDER BY rank DESC, m.created_at DESC LIMIT \(Self.ranked)
                ) ranked, LATERAL (SELECT sum(weight) AS weight FROM asked WHERE ranked.search @@ query) worth
                ORDER BY worth.weight DESC, ranked.rank DESC, ranked.created_at DESC LIMIT \(Self.count)
            )
            """
    }
}
