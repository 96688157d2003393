extension Bench {
    /// `vocero search` over everything as a whole process, each question asked for the first time, and how many of
    /// the true ten nearest it finds.
    func measureSearch(messages: Int, goal: Double, from firstQuestion: Int, _ report: inout Report) throws {
        let psql = try psql()
        var times: [Double] = []
        var found = 0
        for number in firstQuestion..<firstQuestion + sizes.searches {
            let question = Corpus.question(number)
            times.append(try vocero.run(["search", question]).milliseconds)
            let all = try vocero.run(["search", "--json", "--limit", "1000", question]).text
            let exact = try nearest(to: question, count: 10, psql)
            found += Set(exact).intersection(SearchHits(all).nearest.prefix(10)).count
        }
        let time = times.median
        report.add(
            "vocero search over \(messages) messages, whole process", vocero: time.ms, result: time.ms,
            goal: "\(goal.shown(0)) ms", isMet: time <= goal)
        let recall = Double(found) / Double(10 * sizes.searches)
        report.add(
            "recall@10 of that search beside an exact scan", vocero: "\(found)", beside: "\(10 * sizes.searches)",
            result: recall.shown(3), goal: "0.99", isMet: recall >= 0.99)
    }

    /// The true nearest, by every vector compared. `condition` is over `messages`.
    func nearest(
        to question: String, count: Int, where condition: String = "true", _ psql: Psql
    ) throws -> [String] {
        try psql.lines(
            """
            SELECT id FROM messages
            WHERE embedding IS NOT NULL AND user_id = '\(Corpus.user)' AND embedding_model = '\(Corpus.model)'
                AND \(condition)
            ORDER BY embedding <#> '\(Self.literal(corpus.vector(of: question)))'::vector, created_at DESC
            LIMIT \(count);
            """)
    }

    static func literal(_ vector: [Float]) -> String { "[" + vector.map(\.description).joined(separator: ",") + "]" }
}

/// The messages of `vocero search --json` that were found by meaning, nearest first.
struct SearchHits {
    let nearest: [String]

    /// Takes the two members it needs out of pretty-printed JSON whose members stand on lines of their own.
    init(_ text: String) {
        var hits: [(id: String, similarity: Double)] = []
        var id: String?
        var similarity: Double?
        for line in text.split(separator: "\n") {
            let trimmed = line.drop { $0 == " " }
            if trimmed.hasPrefix(#""id""#) {
                id = trimmed.split(separator: "\"").dropFirst(2).first.map(String.init)
            } else if trimmed.hasPrefix(#""similarity""#) {
                similarity = trimmed.split(separator: ":").last.flatMap {
                    Double($0.filter { "0123456789.-e".contains($0) })
                }
            } else if trimmed.hasPrefix("}") {
                if let id, let similarity { hits.append((id.lowercased(), similarity)) }
                (id, similarity) = (nil, nil)
            }
        }
        nearest = hits.sorted { $0.similarity > $1.similarity }.map(\.id)
    }
}
