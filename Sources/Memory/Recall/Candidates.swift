internal import Assistant
internal import FoundationEssentials
internal import Postgres
internal import Retrieval
internal import Store

/// A message that may answer a question, and what speaks for it.
struct Candidate: Hashable {
    let message: UUID
    let run: UUID
    /// How many of the question's words it has.
    let matched: Int
    let evidence: Evidence

    init(_ reader: RowReader) throws(StoreError) {
        message = try reader.uuid("id")
        run = try reader.uuid("run_id")
        matched = try reader.integer("matched")
        evidence = Evidence(
            similarity: try reader.optionalDouble("similarity"), wordShare: try reader.double("share"))
    }

    static func all(_ result: PostgresResult) throws(StoreError) -> [Candidate] {
        try result.values(while: "messages were looked for") { row throws(StoreError) in try Candidate(row) }
    }
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

    /// About how many messages there are to look at: counted up to where only the whole matters, which the database's
    /// statistics know, but not at once.
    func size(user: String) -> PostgresStatement {
        if self == .everything {
            return PostgresStatement(
                """
                SELECT greatest(
                    (SELECT reltuples FROM pg_class WHERE oid = 'messages'::regclass),
                    (SELECT count(*) FROM (SELECT FROM messages WHERE user_id = $1::text LIMIT 2000) counted)
                )::int8 AS size
                """, [.text(user)])
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

enum WordShares {
    /// The part of all messages that hold a word, for those of some words that many hold: out of the statistics that
    /// ANALYZE keeps.
    static func statement(of words: [String]) -> PostgresStatement {
        PostgresStatement(
            """
            SELECT common.word, common.share::float8 AS share
            FROM pg_stats s, unnest(s.most_common_elems::text::text[], s.most_common_elem_freqs) AS common (word, share)
            WHERE s.schemaname = current_schema() AND s.tablename = 'messages' AND s.attname = 'search'
                AND common.word = ANY ($1::text[])
            """, [.textArray(words)])
    }
}
