/// Migration 1: sessions, messages, runs and what they did.
///
/// What cannot be seen from the columns:
/// - A vector is stored PLAIN: an exact scan over vectors in TOAST takes four times as long. A message with a
///   vector then fills most of a page, so `toast_tuple_target` keeps short texts in the row beside it.
/// - `message_bits` repeats the sign of each component in a narrow table: a scan over everything reads that one.
/// - JSON written by models is of type `json`, not `jsonb`, because `jsonb` refuses `\u0000`. Text columns refuse
///   NUL too: what holds one keeps its original in `content_bytes` (messages) or `raw` (tool calls).
/// - `steps` come before their `tool_calls` by foreign key: write-ahead is not left to the program alone.
/// - `gin_pending_list_limit` bounds what a search has to read that is not in the index yet.
let firstSchema = """
    CREATE EXTENSION IF NOT EXISTS vector;

    CREATE TABLE chat_sessions (
        id uuid PRIMARY KEY,
        user_id text NOT NULL,
        key text NOT NULL,
        title text NOT NULL,
        repository text,
        source text NOT NULL,
        created_at timestamptz NOT NULL,
        last_at timestamptz NOT NULL,
        UNIQUE (user_id, key)
    ) WITH (fillfactor = 80);
    CREATE INDEX chat_sessions_latest ON chat_sessions (user_id, repository, last_at DESC);

    CREATE TABLE runs (
        id uuid PRIMARY KEY,
        chat_session_id uuid NOT NULL REFERENCES chat_sessions ON DELETE CASCADE,
        root_run_id uuid NOT NULL REFERENCES runs ON DELETE CASCADE,
        parent_run_id uuid REFERENCES runs ON DELETE CASCADE,
        parent_call_id text,
        user_id text NOT NULL,
        agent text NOT NULL,
        task text,
        source text NOT NULL,
        mode text NOT NULL,
        repository text,
        model text NOT NULL,
        state text NOT NULL CHECK
            (state IN ('running', 'done', 'failed', 'parked', 'limited', 'interrupted', 'unknown')),
        lease_owner text NOT NULL,
        lease_until timestamptz NOT NULL,
        fence bigint NOT NULL,
        limits jsonb NOT NULL,
        input_tokens bigint NOT NULL DEFAULT 0,
        cached_input_tokens bigint NOT NULL DEFAULT 0,
        output_tokens bigint NOT NULL DEFAULT 0,
        cost_usd double precision,
        reason text,
        started_at timestamptz NOT NULL,
        ended_at timestamptz
    ) WITH (fillfactor = 70);
    CREATE INDEX runs_by_session ON runs (chat_session_id, started_at);
    CREATE INDEX runs_by_root ON runs (root_run_id);

    CREATE TABLE messages (
        id uuid PRIMARY KEY,
        chat_session_id uuid NOT NULL REFERENCES chat_sessions ON DELETE CASCADE,
        run_id uuid NOT NULL REFERENCES runs ON DELETE CASCADE,
        user_id text NOT NULL,
        repository text,
        role text NOT NULL CHECK (role IN ('user', 'assistant')),
        content text NOT NULL,
        content_bytes bytea,
        created_at timestamptz NOT NULL,
        tokens integer NOT NULL,
        embedding vector(1536),
        embedding_model text,
        embedding_attempts smallint NOT NULL DEFAULT 0,
        search tsvector NOT NULL,
        UNIQUE (run_id, role)
    ) WITH (toast_tuple_target = 8160);
    ALTER TABLE messages ALTER COLUMN embedding SET STORAGE PLAIN;
    CREATE INDEX messages_by_session ON messages (chat_session_id, created_at);
    CREATE INDEX messages_by_user ON messages (user_id, created_at);
    CREATE INDEX messages_by_repository ON messages (repository, embedding_model, user_id);
    CREATE INDEX messages_to_embed ON messages (created_at) WHERE embedding IS NULL;
    CREATE INDEX messages_search ON messages USING gin (search) WITH (gin_pending_list_limit = 256);

    CREATE TABLE message_bits (
        message_id uuid PRIMARY KEY REFERENCES messages ON DELETE CASCADE,
        bits bit(1536) NOT NULL,
        user_id text NOT NULL,
        embedding_model text NOT NULL
    );

    CREATE TABLE steps (
        run_id uuid NOT NULL REFERENCES runs ON DELETE CASCADE,
        step_index integer NOT NULL,
        request_hash bytea NOT NULL,
        request json NOT NULL,
        response json NOT NULL,
        model text NOT NULL,
        request_id text,
        input_tokens bigint NOT NULL,
        cached_input_tokens bigint NOT NULL,
        output_tokens bigint NOT NULL,
        cost_usd double precision,
        started_at timestamptz NOT NULL,
        ended_at timestamptz NOT NULL,
        PRIMARY KEY (run_id, step_index)
    );

    CREATE TABLE tool_calls (
        run_id uuid NOT NULL,
        step_index integer NOT NULL,
        call_index integer NOT NULL,
        call_id text NOT NULL,
        name text NOT NULL,
        arguments text NOT NULL,
        effect text,
        recovery text,
        intent json,
        state text NOT NULL CHECK
            (state IN ('parked', 'denied', 'invalid', 'executing', 'succeeded', 'failed', 'unknown')),
        output text,
        undo json,
        raw json,
        started_at timestamptz NOT NULL,
        ended_at timestamptz,
        PRIMARY KEY (run_id, step_index, call_index),
        FOREIGN KEY (run_id, step_index) REFERENCES steps ON DELETE CASCADE
    ) WITH (fillfactor = 80);

    CREATE TABLE artifacts (
        run_id uuid NOT NULL,
        step_index integer NOT NULL,
        call_index integer NOT NULL,
        content text NOT NULL,
        content_bytes bytea,
        PRIMARY KEY (run_id, step_index, call_index),
        FOREIGN KEY (run_id, step_index, call_index) REFERENCES tool_calls ON DELETE CASCADE
    );

    CREATE TABLE embedding_cache (
        model text NOT NULL,
        content_hash bytea NOT NULL,
        embedding vector(1536) NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (model, content_hash)
    );
    """
