/// What a server put into its cache costs more with some models, so it is kept like the other tokens.
let cacheWrites = """
    ALTER TABLE runs ADD COLUMN cache_write_tokens bigint NOT NULL DEFAULT 0;
    ALTER TABLE steps ADD COLUMN cache_write_tokens bigint NOT NULL DEFAULT 0;
    """
