/// A table whose texts get embeddings. Its names go into SQL as they are, so they are written in the program and
/// never computed.
package struct EmbeddedTable: Sendable {
    /// The narrow table that holds the codes of the vectors (``StoredVector/code(of:)``), in columns `bits`, `user_id`
    /// and `embedding_model` beside the primary key.
    package struct Codes: Sendable {
        let table: StaticString
        /// The primary key: the id of the row in the table of texts.
        let id: StaticString

        package init(table: StaticString, id: StaticString) {
            self.table = table
            self.id = id
        }
    }

    let table: StaticString
    /// A uuid, the primary key.
    let id: StaticString
    /// Whose a row is.
    let user: StaticString
    let text: StaticString
    let embedding: StaticString
    let model: StaticString
    /// How often a model's endpoint refused a row's text.
    let attempts: StaticString
    /// Which model that was: another one may take it.
    let attemptsModel: StaticString
    /// A uuid: rows that are filled together when they are new.
    let group: StaticString
    /// After `ORDER BY`: which rows come first when old ones are filled in.
    let order: StaticString
    let codes: Codes?

    package init(
        table: StaticString, id: StaticString = "id", user: StaticString = "user_id", text: StaticString,
        embedding: StaticString = "embedding", model: StaticString = "embedding_model",
        attempts: StaticString = "embedding_attempts", attemptsModel: StaticString = "embedding_attempts_model",
        group: StaticString, order: StaticString, codes: Codes? = nil
    ) {
        self.table = table
        self.id = id
        self.user = user
        self.text = text
        self.embedding = embedding
        self.model = model
        self.attempts = attempts
        self.attemptsModel = attemptsModel
        self.group = group
        self.order = order
        self.codes = codes
    }
}
