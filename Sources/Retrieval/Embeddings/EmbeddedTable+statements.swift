internal import FoundationEssentials
package import Postgres

extension EmbeddedTable {
    private static let mostAttempts = 5
    /// More of a text is given to no model (``EmbeddingKey``), and need not be read.
    private static let mostCharacters = 40_000

    /// The rows that a model has still to give a vector: those without one, and those whose vector is another model's,
    /// but for the ones that it has refused too often. The user is `$1`, the model `$2`.
    ///
    /// Three ranges of one index, so that there being none is known at once, however large the table is.
    private var isMissing: String {
        """
        \(user) = $1::text AND (\(model) IS NULL OR \(model) < $2::text OR \(model) > $2::text)
            AND \(failures) < \(Self.mostAttempts) AND \(text) ~ '\\S'
        """
    }

    private var failures: String {
        "(CASE WHEN \(attemptsModel) = $2::text THEN \(attempts) ELSE 0 END)"
    }

    /// At most `limit` rows without an embedding, as `id` and `content`, those that were refused least come first: of
    /// one group, or of all.
    func missing(user name: String, model wanted: String, group member: UUID?, limit: Int) -> PostgresStatement {
        let condition = member == nil ? "true" : "\(group) = $4::uuid"
        return PostgresStatement(
            """
            SELECT \(id) AS id, left(\(text), \(Self.mostCharacters)) AS content FROM \(table)
            WHERE \(isMissing) AND \(condition)
            ORDER BY \(failures), \(order) LIMIT $3::int4
            """,
            [.text(name), .text(wanted), .int4(Int32(clamping: limit))] + (member.map { [.uuid($0)] } ?? []))
    }

    /// How many rows wait for an embedding, as `waiting`. `condition` over the table as `m` is
    /// written in the program; its parameters begin with `$3`.
    package func waiting(
        user name: String, model wanted: String, where condition: String = "true", _ parameters: [PostgresValue] = []
    ) -> PostgresStatement {
        PostgresStatement(
            "SELECT count(*) AS waiting FROM \(table) m WHERE \(isMissing) AND \(condition)",
            [.text(name), .text(wanted)] + parameters)
    }

    func countRefusal(of row: UUID, by wanted: String) -> PostgresStatement {
        PostgresStatement(
            """
            UPDATE \(table) SET \(attemptsModel) = $2::text,
                \(attempts) = 1 + CASE WHEN \(attemptsModel) = $2::text THEN \(attempts) ELSE 0 END
            WHERE \(id) = $1::uuid AND \(model) IS DISTINCT FROM $2::text
            """, [.uuid(row), .text(wanted)])
    }

    /// Stores a row's vector and its code, unless it has one of this model.
    func save(_ vector: [Float], model name: String, of row: UUID) -> PostgresStatement {
        let update = """
            UPDATE \(table) SET \(embedding) = $2::vector, \(model) = $3::text
            WHERE \(id) = $1::uuid AND \(model) IS DISTINCT FROM $3::text
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
