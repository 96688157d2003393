internal import Assistant
internal import FoundationEssentials
internal import JSON
internal import Postgres
internal import Retrieval
internal import Store

/// The statements behind the journal: one a record, so that each is one round trip and one commit.
///
/// Each may be applied twice with the same record and changes nothing the second time.
enum JournalStatements {
    /// Finds or makes the session, opens the run and stores the user's message. Gives the session's id and key;
    /// no row when a fresh key was taken already.
    static func begin(
        _ opening: RunOpening, user: String, lease: RunLease, leaseSeconds: Double,
        freshSession: (id: UUID, key: String)
    ) -> PostgresStatement {
        let (selection, key) =
            switch opening.session {
            case .new: ("new", freshSession.key)
            case .key(let key): ("key", StorableText.visible(key))
            case .latest: ("latest", freshSession.key)
            }
        let content = StorableText(opening.text)
        let isLatest = if case .latest = opening.session { true } else { false }
        return PostgresStatement(
            isLatest ? (opening.repository == nil ? latestOutsideRepository : latestInRepository) : beginKnown,
            [
                .uuid(opening.run.uuid), .uuid(opening.messageID), .text(user), .visible(opening.repository),
                .text(opening.source.rawValue), .timestamptz(opening.startedAt), .text(selection), .text(key),
                .uuid(freshSession.id), .text(SessionTitle.of(content.column)), .text(opening.mode.rawValue),
                .visible(opening.agent), .visible(opening.model), .text(opening.limits.json.description),
                .text(lease.owner), .int8(lease.fence), .float8(leaseSeconds), .text(content.column),
                .bytes(content.original), .int4(Int32(clamping: TokenEstimate.tokens(in: opening.text))),
                .text(SearchWords.indexed(content.column)),
            ])
    }

    /// Without the search for the latest session, so that the server plans it once.
    private static let beginKnown = begin(latest: "SELECT NULL::uuid AS id WHERE false")
    private static let latestInRepository = begin(latest: latest(sameRepository: "repository = $4::text"))
    private static let latestOutsideRepository = begin(latest: latest(sameRepository: "repository IS NULL"))

    private static func latest(sameRepository: String) -> String {
        """
        SELECT id FROM chat_sessions
        WHERE $7::text = 'latest' AND user_id = $3::text AND \(sameRepository) AND source <> 'hook'
            AND NOT EXISTS (SELECT FROM prior)
        ORDER BY last_at DESC LIMIT 1
        """
    }

    private static func begin(latest: String) -> String {
        """
        WITH prior AS (
            SELECT s.id, s.key FROM runs r JOIN chat_sessions s ON s.id = r.chat_session_id WHERE r.id = $1::uuid
        ), latest AS (
            \(latest)
        ), touched AS (
            UPDATE chat_sessions SET last_at = greatest(last_at, $6::timestamptz)
            WHERE id IN (SELECT id FROM latest) RETURNING id, key
        ), made AS (
            INSERT INTO chat_sessions (id, user_id, key, title, repository, source, created_at, last_at)
            SELECT $9::uuid, $3::text, $8::text, $10::text, $4::text, $5::text, $6::timestamptz, $6::timestamptz
            WHERE NOT EXISTS (SELECT FROM prior) AND NOT EXISTS (SELECT FROM latest)
            ON CONFLICT (user_id, key) DO UPDATE SET last_at = greatest(chat_sessions.last_at, excluded.last_at)
            WHERE $7::text = 'key'
            RETURNING id, key
        ), session AS (
            SELECT id, key FROM prior UNION ALL SELECT id, key FROM touched UNION ALL SELECT id, key FROM made
        ), opened AS (
            INSERT INTO runs (id, chat_session_id, root_run_id, user_id, agent, source, mode, repository, model, state,
                lease_owner, lease_until, fence, limits, started_at)
            SELECT $1::uuid, id, $1::uuid, $3::text, $12::text, $5::text, $11::text, $4::text, $13::text, 'running',
                $15::text, now() + make_interval(secs => $17::float8), $16::int8, $14::text::jsonb, $6::timestamptz
            FROM session ON CONFLICT (id) DO NOTHING
        ), said AS (
            INSERT INTO messages (id, chat_session_id, run_id, user_id, repository, role, content, content_bytes,
                created_at, tokens, search)
            SELECT $2::uuid, id, $1::uuid, $3::text, $4::text, 'user', $18::text, $19::bytea, $6::timestamptz,
                $20::int4, to_tsvector('simple', $21::text)
            FROM session ON CONFLICT DO NOTHING
        )
        SELECT id, key FROM session
        """
    }

    /// Opens a child run in its parent's session, if the parent is still owned. Gives how many parents that is.
    static func child(
        _ child: ChildRunOpening, parentLease: RunLease, lease: RunLease, leaseSeconds: Double
    ) -> PostgresStatement {
        PostgresStatement(
            """
            WITH owned AS (
                SELECT id, chat_session_id, root_run_id, user_id, source, mode, repository FROM runs
                WHERE id = $2::uuid AND lease_owner = $3::text AND fence = $4::int8 FOR SHARE
            ), opened AS (
                INSERT INTO runs (id, chat_session_id, root_run_id, parent_run_id, parent_call_id, user_id, agent,
                    task, source, mode, repository, model, state, lease_owner, lease_until, fence, limits, started_at)
                SELECT $1::uuid, chat_session_id, root_run_id, id, $5::text, user_id, $6::text, $7::text, source, mode,
                    repository, $8::text, 'running', $9::text, now() + make_interval(secs => $11::float8), $10::int8,
                    $12::text::jsonb, $13::timestamptz
                FROM owned ON CONFLICT (id) DO NOTHING
            )
            SELECT count(*) AS owned FROM owned
            """,
            [
                .uuid(child.run.uuid), .uuid(child.parent.uuid), .text(parentLease.owner), .int8(parentLease.fence),
                .visible(child.parentCallID), .visible(child.agent), .visible(child.task), .visible(child.model),
                .text(lease.owner), .int8(lease.fence), .float8(leaseSeconds), .text(child.limits.json.description),
                .timestamptz(child.startedAt),
            ])
    }

    /// Stores a step and renews the lease. `earlier` is the request hash of a step stored before at this place.
    static func step(
        _ step: StepRecord, link: RequestChain.Link, lease: RunLease, leaseSeconds: Double
    ) -> PostgresStatement {
        let usage = step.response.usage
        return PostgresStatement(
            """
            WITH owned AS (
                UPDATE runs SET lease_until = now() + make_interval(secs => $4::float8)
                WHERE id = $1::uuid AND lease_owner = $2::text AND fence = $3::int8 RETURNING id
            ), stored AS (
                INSERT INTO steps (run_id, step_index, request_hash, request, response, model, request_id,
                    input_tokens, cached_input_tokens, output_tokens, cost_usd, started_at, ended_at)
                SELECT id, $5::int4, $6::bytea, $7::text::json, $8::text::json, $9::text, $10::text,
                    $11::int8, $12::int8, $13::int8, $14::float8, $15::timestamptz, $16::timestamptz
                FROM owned ON CONFLICT DO NOTHING
            )
            SELECT count(*) AS owned,
                (SELECT request_hash FROM steps WHERE run_id = $1::uuid AND step_index = $5::int4) AS earlier
            FROM owned
            """,
            [
                .uuid(step.run.uuid), .text(lease.owner), .int8(lease.fence), .float8(leaseSeconds),
                .int4(Int32(clamping: step.index)), .bytea(link.hash), .text(link.json.description),
                .text(step.response.json.description), .visible(step.response.model),
                .visible(step.response.requestID), .int8(Int64(usage.inputTokens)),
                .int8(Int64(usage.cachedInputTokens)), .int8(Int64(usage.outputTokens)),
                step.costInUSD.map(PostgresValue.float8) ?? .null, .timestamptz(step.startedAt),
                .timestamptz(step.endedAt),
            ])
    }

    /// Stores a call in its state. An outcome replaces `executing` once, and `parked` gives way to anything else;
    /// `stored` counts the rows written, `earlier` is the state the call was in before.
    static func call(_ record: ToolCallRecord, lease: RunLease) -> PostgresStatement {
        let arguments = StorableText(record.call.arguments)
        let output = record.output.map(StorableText.init)
        let whole = record.wholeOutput.map(StorableText.init)
        let raw = rawTexts(arguments: arguments.original, output: output?.original)
        return PostgresStatement(
            """
            WITH owned AS (
                SELECT id FROM runs
                WHERE id = $1::uuid AND lease_owner = $2::text AND fence = $3::int8 FOR SHARE
            ), stored AS (
                INSERT INTO tool_calls (run_id, step_index, call_index, call_id, name, arguments, effect, recovery,
                    intent, state, output, undo, raw, started_at, ended_at)
                SELECT id, $4::int4, $5::int4, $6::text, $7::text, $8::text, $9::text, $10::text, $11::text::json,
                    $12::text, $13::text, $14::text::json, $15::text::json, $16::timestamptz,
                    CASE WHEN $12::text IN ('executing', 'parked') THEN NULL ELSE $16::timestamptz END
                FROM owned
                ON CONFLICT (run_id, step_index, call_index) DO UPDATE SET
                    state = excluded.state, output = excluded.output, raw = excluded.raw,
                    intent = coalesce(excluded.intent, tool_calls.intent),
                    undo = coalesce(excluded.undo, tool_calls.undo), ended_at = excluded.ended_at
                WHERE tool_calls.call_id = excluded.call_id
                    AND (tool_calls.state = 'executing' AND excluded.state IN ('succeeded', 'failed', 'unknown')
                        OR tool_calls.state = 'parked' AND excluded.state <> 'parked')
                RETURNING run_id, step_index, call_index
            ), whole AS (
                INSERT INTO artifacts (run_id, step_index, call_index, content, content_bytes)
                SELECT run_id, step_index, call_index, $17::text, $18::bytea FROM stored WHERE $17::text IS NOT NULL
                ON CONFLICT DO NOTHING
            )
            SELECT (SELECT count(*) FROM owned) AS owned, (SELECT count(*) FROM stored) AS stored,
                (SELECT state FROM tool_calls
                    WHERE run_id = $1::uuid AND step_index = $4::int4 AND call_index = $5::int4) AS earlier
            """,
            [
                .uuid(record.run.uuid), .text(lease.owner), .int8(lease.fence), .int4(Int32(clamping: record.step)),
                .int4(Int32(clamping: record.index)), .visible(record.call.id), .visible(record.call.name),
                .text(arguments.column), .visible(record.effect?.rawValue), .visible(record.recovery?.rawValue),
                .json(record.intent), .text(record.state.rawValue), output.map { .text($0.column) } ?? .null,
                .json(record.undo), .json(raw), .timestamptz(record.at), whole.map { .text($0.column) } ?? .null,
                .bytes(whole?.original),
            ])
    }

    private static func rawTexts(arguments: String?, output: String?) -> JSON? {
        var originals: [String: JSON] = [:]
        if let arguments { originals["arguments"] = .string(arguments) }
        if let output { originals["output"] = .string(output) }
        return originals.isEmpty ? nil : .object(originals)
    }

    /// Closes the run and stores the assistant's message. `state` is that of a run that could not be closed so.
    static func finish(_ closing: RunClosing, lease: RunLease) -> PostgresStatement {
        let answer = closing.answer.map(StorableText.init)
        return PostgresStatement(
            """
            WITH closed AS (
                UPDATE runs SET state = $4::text, input_tokens = $5::int8, cached_input_tokens = $6::int8,
                    output_tokens = $7::int8, cost_usd = $8::float8, reason = $9::text, ended_at = $10::timestamptz,
                    lease_until = $10::timestamptz
                WHERE id = $1::uuid AND lease_owner = $2::text AND fence = $3::int8 AND state IN ('running', $4::text)
                RETURNING id, chat_session_id, user_id, repository
            ), forgotten AS (
                UPDATE runs SET state = 'interrupted', reason = 'its end was not stored', ended_at = $10::timestamptz,
                    lease_until = $10::timestamptz
                WHERE root_run_id IN (SELECT id FROM closed) AND id <> $1::uuid AND state = 'running'
            ), touched AS (
                UPDATE chat_sessions SET last_at = greatest(last_at, $10::timestamptz)
                WHERE id IN (SELECT chat_session_id FROM closed)
            ), said AS (
                INSERT INTO messages (id, chat_session_id, run_id, user_id, repository, role, content, content_bytes,
                    created_at, tokens, search)
                SELECT $11::uuid, chat_session_id, id, user_id, repository, 'assistant', $12::text, $13::bytea,
                    $10::timestamptz, $14::int4, to_tsvector('simple', $15::text)
                FROM closed WHERE $12::text IS NOT NULL
                ON CONFLICT DO NOTHING
            )
            SELECT (SELECT count(*) FROM closed) AS owned,
                (SELECT state FROM runs WHERE id = $1::uuid AND lease_owner = $2::text AND fence = $3::int8) AS state
            """,
            [
                .uuid(closing.run.uuid), .text(lease.owner), .int8(lease.fence), .text(closing.state.rawValue),
                .int8(Int64(closing.usage.inputTokens)), .int8(Int64(closing.usage.cachedInputTokens)),
                .int8(Int64(closing.usage.outputTokens)), closing.costInUSD.map(PostgresValue.float8) ?? .null,
                .visible(closing.reason), .timestamptz(closing.endedAt), .uuid(closing.messageID),
                answer.map { .text($0.column) } ?? .null, .bytes(answer?.original),
                .int4(Int32(clamping: TokenEstimate.tokens(in: closing.answer ?? ""))),
                .text(SearchWords.indexed(answer?.column ?? "")),
            ])
    }
}

extension PostgresValue {
    /// A text that nobody needs back with its NULs, or null.
    static func visible(_ text: String?) -> PostgresValue { text.map { .text(StorableText.visible($0)) } ?? .null }

    static func bytes(_ text: String?) -> PostgresValue { text.map { .bytea(Array($0.utf8)) } ?? .null }

    /// JSON as text, for a column of type `json`: a `\u0000` in it is kept.
    static func json(_ value: JSON?) -> PostgresValue { value.map { .text($0.description) } ?? .null }
}
