internal import FoundationEssentials
internal import Postgres

extension EmbeddedTable {
    private static let mostAttempts = 5

    /// At most `limit` rows without an embedding, as `id` and `content`: of one group, or of all.
    func missing(user name: String, group member: UUID?, limit: Int) -> PostgresStatement {
        let condition = member == nil ? "true" : "\(group) = $3::uuid"
        return PostgresStatement(
            """
            SELECT \(id) AS id, \(text) AS content FROM \(table)
            WHERE \(embedding) IS NULL AND \(user) = $1::text AND \(attempts) < \(Self.mostAttempts)
                AND \(text) ~ '\\S' AND \(condition)
            ORDER BY \(attempts), \(order) LIMIT $2::int4
            """, [.text(name), .int4(Int32(clamping: limit))] + (member.map { [.uuid($0)] } ?? []))
    }

    func countRefusal(of row: UUID) -> PostgresStatement {
        PostgresStatement(
            """
            UPDATE \(table) SET \(attempts) = \(attempts) + 1
            WHERE \(id) = $1::uuid AND \(embedding) IS NULL
            """, [.uuid(row)])
    }

    /// Stores a row's vector and its code, unless it has one.
    func save(_ vector: [Float], model name: String, of row: UUID) -> PostgresStatement {
        let update = """
            UPDATE \(table) SET \(embedding) = $2::vector, \(model) = $3::text
            WHERE \(id) = $1::uuid AND \(embedding) IS NULL
            """
        let values: [PostgresValue] = [.uuid(row), .vector(vector), .text(name)]
        guard let codes else { return PostgresStatement(update, values) }
        return PostgresStatement(
            """
            WITH filled AS (\(update) RETURNING \(id) AS id, \(user) AS user_id)
            INSERT INTO \(codes.table) (\(codes.id), bits, user_id, embedding_model)
            SELECT id, $4::bit(1536), user_id, $3::text FROM filled
            ON CONFLICT (\(codes.id)) DO UPDATE
            SET bits = excluded.bits, embedding_model = excluded.embedding_model
            """, values + [StoredVector.code(of: vector)])
    }
}
