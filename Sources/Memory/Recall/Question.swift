internal import Assistant
internal import Postgres

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
    ) throws(JournalError) -> (byMeaning: [Candidate], byWords: [Candidate]) {
        var left = Array(results)[...]
        let near = vector == nil ? [] : try CandidateStatements.candidates(left.removeFirst())
        let worded = words == nil ? [] : try CandidateStatements.candidates(left.removeFirst())
        return (near, worded)
    }
}

extension MemoryStore {
    /// Prepares a question: one round trip for what the store knows already, and one to the embedding endpoint when
    /// the question is new.
    func question(_ text: String, in scope: SearchScope) async throws(JournalError) -> Question {
        let words = SearchWords.asked(text)
        let key = EmbeddingKey(redact(text), purpose: .query)
        let doing = "a question was prepared"
        var statements = [CandidateStatements.shares(of: words, user: user, in: scope)]
        if let embedder { statements.append(key.lookUp(model: embedder.model)) }
        let results = try await run(statements, while: doing)

        var shares: [String: Double] = [:]
        var messages = 0
        for row in results[0].rows {
            let reader = RowReader(row, while: doing)
            let share = try reader.double("share")
            if let word = try reader.optionalText("word") { shares[word] = share } else { messages = Int(share) }
        }
        var question = Question()
        if !words.isEmpty { question.words = WordQuery(words: words, shares: shares, messages: messages) }
        guard let embedder, !text.allSatisfy(\.isWhitespace) else { return question }
        if let row = results[1].rows.first {
            let vector = try RowReader(row, while: doing).vector("embedding")
            question.vector = QuestionVector(vector: vector, model: embedder.model, save: nil)
        } else {
            question.vector = await newVector(key, embedder)
        }
        return question
    }
}
