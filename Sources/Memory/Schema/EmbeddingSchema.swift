/// Migration 4: an embedding of another model counts as missing.
///
/// What waits for the vector of a model are three ranges of one index: none, and models before and behind it. How often a
/// text was refused is said of the model that refused it.
let embeddingSchema = """
    ALTER TABLE messages ADD COLUMN embedding_attempts_model text;
    DROP INDEX messages_to_embed;
    CREATE INDEX messages_to_embed ON messages (user_id, embedding_model);
    """
