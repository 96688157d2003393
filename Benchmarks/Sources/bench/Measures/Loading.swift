extension Bench {
    /// Fills the tables with the messages of a range, as if they had been said.
    func load(_ numbers: Range<Int>) throws {
        Report.note("loading messages \(numbers.lowerBound) to \(numbers.upperBound)")
        let psql = try psql()
        let runs = "generate_series(\(numbers.lowerBound / 2), \(numbers.upperBound / 2 - 1)) AS run"
        let repository = "'repository-' || run % \(Corpus.repositories)"
        let session = "run % \(Corpus.repositories) + \(Corpus.repositories) * (run / \(Corpus.repositories * 10))"
        let time = "timestamptz '2025-01-01 00:00Z' + run * interval '2 minutes'"
        try psql.run(
            """
            SET session_replication_role = replica;
            INSERT INTO chat_sessions (id, user_id, key, title, repository, source, created_at, last_at)
            SELECT DISTINCT ON (1) \(Psql.uuid(kind: 1, session)), '\(Corpus.user)', 's' || \(session), 'bench',
                \(repository), 'text', \(time), \(time)
            FROM \(runs) ON CONFLICT DO NOTHING;
            INSERT INTO runs (id, chat_session_id, root_run_id, user_id, agent, source, mode, repository, model, state,
                lease_owner, lease_until, fence, limits, started_at)
            SELECT \(Psql.uuid(kind: 2, "run")), \(Psql.uuid(kind: 1, session)), \(Psql.uuid(kind: 2, "run")),
                '\(Corpus.user)', 'assistant', 'text', 'unattended', \(repository), 'bench', 'done', 'bench', \(time), 1,
                '{}', \(time)
            FROM \(runs);
            """)
        try psql.copy(into: "messages (\(Corpus.columns))", settings: "-c session_replication_role=replica") { send in
            try corpus.copy(numbers, send)
        }
        try psql.run(
            """
            SET session_replication_role = replica;
            INSERT INTO message_bits (message_id, bits, user_id, embedding_model)
            SELECT id, binary_quantize(embedding)::bit(1536), user_id, embedding_model FROM messages m
            WHERE embedding IS NOT NULL AND NOT EXISTS (SELECT FROM message_bits WHERE message_id = m.id);
            VACUUM ANALYZE;
            CHECKPOINT;
            """)
    }
}
