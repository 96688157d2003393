/// Migration 2: batches, their items and who works on them.
///
/// What cannot be seen from the columns:
/// - Each batch has a partition of `batch_items` of its own, made with it: a batch of a hundred million items leaves
///   the others as they are, and goes with its partition.
/// - Who works on an item is fenced by `attempt`: what a process sends under an older one is refused. `failures` are the
///   attempts that failed and were to be made again; those that a server refused for its limits do not count. What
///   attempts before `first_attempt` have left is of no use: the item was changed, or a person has put it back.
/// - A worker holds the session advisory lock `lock_key` on one connection for as long as it lives, so that its death is
///   seen at once; `beats` is for those who hang or are cut off: the others watch whether it still grows, each by its
///   own clock. `heartbeat_at` is for people.
/// - The counters of a batch are kept with its items' states, in the same transactions: progress reads one row.
/// - `reserved_usd` is what items in flight may still cost, `unsettled_usd` what calls may have cost that gave no answer
///   (their worker died, they timed out): with `spent_usd` they never pass `max_cost_usd`. `largest_usd` is the most
///   that one item has cost.
/// - `reader_id` is the worker that reads the input: there may come more items while it lives.
/// - `remote_batches` are the files of prompts that were given to an endpoint's Batch API. An item in one is running with
///   `worker_id` null, so that nobody takes it over; `remote_line` is its line there, from 1. Each state of a remote batch
///   is stored before what follows it is done: `filling` (items are added), `filled`, `uploading`, `uploaded`, `creating`,
///   `submitted`, `closed` (its lines were taken). In `uploading` and `creating` nobody knows whether it has
///   happened: it is looked for first. `driver_id` fences: the process that drives the batch's remote batches.
/// - `batch_allowances` count how often the batch has used what its policies allow so many times; `key` is the hash of
///   `allowance`. They only grow.
/// - A recording is pending with `not_before` infinity until it has been transcribed.
/// - `changed_at` is when items last came, ended or were put back; `opened_at` when a person last began or changed the
///   batch itself; `written_at` the `changed_at` of the results that were last written to `output` as a whole.
let batchSchema = """
    CREATE TABLE batches (
        id uuid PRIMARY KEY,
        user_id text NOT NULL,
        name text NOT NULL,
        output text,
        state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'paused', 'cancelled')),
        reason text,
        settings json NOT NULL,
        max_cost_usd double precision,
        spent_usd double precision NOT NULL DEFAULT 0,
        reserved_usd double precision NOT NULL DEFAULT 0,
        unsettled_usd double precision NOT NULL DEFAULT 0,
        largest_usd double precision NOT NULL DEFAULT 0,
        reader_id uuid,
        next_position bigint NOT NULL DEFAULT 0,
        pending bigint NOT NULL DEFAULT 0,
        running bigint NOT NULL DEFAULT 0,
        done bigint NOT NULL DEFAULT 0,
        failed bigint NOT NULL DEFAULT 0,
        parked bigint NOT NULL DEFAULT 0,
        skipped bigint NOT NULL DEFAULT 0,
        input_tokens bigint NOT NULL DEFAULT 0,
        output_tokens bigint NOT NULL DEFAULT 0,
        created_at timestamptz NOT NULL DEFAULT now(),
        changed_at timestamptz NOT NULL DEFAULT now(),
        opened_at timestamptz NOT NULL DEFAULT now(),
        written_at timestamptz,
        UNIQUE (user_id, name)
    ) WITH (fillfactor = 50);

    CREATE SEQUENCE batch_worker_keys;

    CREATE TABLE batch_workers (
        id uuid PRIMARY KEY,
        batch_id uuid NOT NULL REFERENCES batches ON DELETE CASCADE,
        host text NOT NULL,
        process integer NOT NULL,
        lock_key bigint NOT NULL UNIQUE,
        beats bigint NOT NULL DEFAULT 0,
        heartbeat_at timestamptz NOT NULL DEFAULT now(),
        started_at timestamptz NOT NULL DEFAULT now()
    ) WITH (fillfactor = 50);
    CREATE INDEX batch_workers_by_batch ON batch_workers (batch_id);

    CREATE TABLE batch_items (
        batch_id uuid NOT NULL REFERENCES batches ON DELETE CASCADE,
        position bigint NOT NULL,
        name text NOT NULL,
        content_hash bytea NOT NULL,
        reading uuid NOT NULL,
        prompt text NOT NULL,
        options json NOT NULL,
        estimate_usd double precision,
        reserved_usd double precision NOT NULL DEFAULT 0,
        state text NOT NULL CHECK (state IN ('pending', 'running', 'done', 'failed', 'parked', 'skipped')),
        attempt integer NOT NULL DEFAULT 0,
        first_attempt integer NOT NULL DEFAULT 1,
        failures integer NOT NULL DEFAULT 0,
        worker_id uuid,
        remote_batch_id uuid,
        remote_line integer,
        not_before timestamptz,
        error text,
        run_id uuid,
        model text,
        answer text,
        answer_bytes bytea,
        input_tokens bigint NOT NULL DEFAULT 0,
        output_tokens bigint NOT NULL DEFAULT 0,
        cost_usd double precision,
        tools json,
        started_at timestamptz,
        ended_at timestamptz,
        PRIMARY KEY (batch_id, position)
    ) PARTITION BY LIST (batch_id);
    CREATE UNIQUE INDEX batch_items_by_name ON batch_items (batch_id, name);
    CREATE INDEX batch_items_pending ON batch_items (batch_id, position) WHERE state = 'pending';
    CREATE INDEX batch_items_recordings ON batch_items (batch_id, position) WHERE not_before = 'infinity';
    CREATE INDEX batch_items_troubled ON batch_items (batch_id, position) WHERE state IN ('failed', 'parked');
    CREATE INDEX batch_items_running ON batch_items (worker_id) WHERE state = 'running';
    CREATE INDEX batch_items_remote ON batch_items (remote_batch_id, remote_line)
        WHERE state = 'running' AND remote_batch_id IS NOT NULL;

    CREATE TABLE batch_allowances (
        batch_id uuid NOT NULL REFERENCES batches ON DELETE CASCADE,
        key bytea NOT NULL,
        allowance text NOT NULL,
        used bigint NOT NULL DEFAULT 0,
        PRIMARY KEY (batch_id, key)
    ) WITH (fillfactor = 50);

    CREATE TABLE remote_batches (
        id uuid PRIMARY KEY,
        batch_id uuid NOT NULL REFERENCES batches ON DELETE CASCADE,
        model text NOT NULL,
        endpoint text NOT NULL,
        state text NOT NULL DEFAULT 'filling'
            CHECK (state IN ('filling', 'filled', 'uploading', 'uploaded', 'creating', 'submitted', 'closed')),
        driver_id uuid NOT NULL,
        lines integer NOT NULL DEFAULT 0,
        bytes bigint NOT NULL DEFAULT 0,
        file_id text,
        remote_id text,
        remote_status text,
        created_at timestamptz NOT NULL DEFAULT now(),
        changed_at timestamptz NOT NULL DEFAULT now()
    );
    CREATE INDEX remote_batches_open ON remote_batches (batch_id) WHERE state <> 'closed';

    -- Batches leave very many messages that nobody embeds for a long time.
    DROP INDEX messages_to_embed;
    CREATE INDEX messages_to_embed ON messages (user_id, embedding_attempts, created_at DESC) WHERE embedding IS NULL;
    """
