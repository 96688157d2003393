internal import Assistant
internal import Postgres
internal import Retrieval
internal import Store

/// A question as the database is asked it: by meaning where there is a vector, and by words where there are any.
struct Question {
    var vector: QuestionVector?
    var words: WordQuery?

    /// The statements that find candidates, and last the one that keeps a new vector.
    func statements(user: String, in scope: SearchScope) -> [PostgresStatement] {
        var statements: [PostgresStatement] = []
        if let vector { statements.append(CandidateStatements.byMeaning(vector, user: user, in: scope)) }
        if let words { statements.append(CandidateStatements.byWords(words, user: user, in: scope)) }
        if let save = vector?.save { statements.append(save) }
        return statements
    }

    /// What ``statements(user:in:)`` found.
    func found(
        _ results: some Collection<PostgresResult>
    ) throws(StoreError) -> (byMeaning: [Candidate], byWords: [Candidate]) {
        var left = Array(results)[...]
        let near = vector == nil ? [] : try CandidateStatements.candidates(left.removeFirst())
        let worded = words == nil ? [] : try CandidateStatements.candidates(left.removeFirst())
        return (near, worded)
    }
}

extension MemoryStore {
    /// Prepares a question: one round trip for what the store knows of it, one more for its words when there is much
    /// to look at, and one to the embedding endpoint when it is new.
    func question(_ text: String, in scope: SearchScope) async throws(StoreError) -> Question {
        let doing = "a question was prepared"
        let key = EmbeddingKey(redact(text), purpose: .query)
        let lookUp = embedder.map { [key.lookUp(model: $0.model)] } ?? []
        let results = try await run([scope.size(user: user)] + lookUp, while: doing)
        let size = try results[0].rows.first.map { row throws(StoreError) in
            try RowReader(row, while: doing).integer("size")
        }
        var question = Question()
        question.words = try await wordQuery(SearchWords.asked(text), messages: size ?? 0)
        guard let embedder, !text.allSatisfy(\.isWhitespace) else { return question }
        if let row = results[1].rows.first {
            let vector = try RowReader(row, while: doing).vector("embedding")
            question.vector = QuestionVector(vector: vector, model: embedder.model, save: nil)
        } else {
            question.vector = await newVector(key, embedder)
        }
        return question
    }

    private func wordQuery(_ words: [String], messages: Int) async throws(StoreError) -> WordQuery? {
        guard !words.isEmpty else { return nil }
        var shares: [String: Double] = [:]
        if messages > WordQuery.fewMessages {
            let doing = "the words of a question were looked up"
            for row in try await rows(CandidateStatements.shares(of: words), while: doing) {
                let reader = RowReader(row, while: doing)
                shares[try reader.text("word")] = try reader.double("share")
            }
        }
        return WordQuery(words: words, shares: shares, messages: messages)
    }
}
