package import Assistant
internal import Hashing
package import Postgres

/// The name of an embedding in the cache: a hash of what was embedded, and for what.
package struct EmbeddingKey: Hashable {
    /// What the endpoint is given: the beginning, where a text is longer than embedding models take.
    package let text: String
    package let hash: [UInt8]

    private static let longestInTokens = 6_000

    package init(_ content: String, purpose: EmbeddingPurpose) {
        text = String(TokenEstimate.prefix(of: content, tokens: Self.longestInTokens))
        let kind: UInt8 =
            switch purpose {
            case .passage: 1
            case .query: 2
            }
        hash = ContentHash(of: [kind], Array(text.utf8)).bytes
    }

    package func save(_ vector: [Float], model: String) -> PostgresStatement {
        PostgresStatement(
            """
            INSERT INTO embedding_cache (model, content_hash, embedding)
            VALUES ($1::text, $2::bytea, $3::vector) ON CONFLICT DO NOTHING
            """, [.text(model), .bytea(hash), .vector(vector)])
    }

    package func lookUp(model: String) -> PostgresStatement {
        PostgresStatement(
            """
            SELECT content_hash, embedding FROM embedding_cache WHERE model = $1::text AND content_hash = $2::bytea
            """, [.text(model), .bytea(hash)])
    }
}
