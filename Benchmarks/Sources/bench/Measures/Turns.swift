import Glibc

extension Bench {
    /// A warm turn of one step, beside the same requests sent by curl and the same statements sent by psql; and the
    /// recall in it, beside its statements prepared in psql.
    func measureTurns(from firstQuestion: Int, _ report: inout Report) throws {
        let repository = try makeRepository(7)
        let psql = try psql()
        func ask(_ number: Int) throws -> Double {
            try vocero.run(["ask", "-C", repository, "--json", Corpus.question(number)]).milliseconds
        }
        _ = try ask(firstQuestion)
        _ = server.events()
        let log = try statements(psql) { _ = try ask(firstQuestion + 1) }
        let events = server.events()
        guard events.contains(where: { $0.request.path.hasSuffix("/chat/completions") }), !log.statements.isEmpty else {
            throw BenchmarkError("the turn was not recorded")
        }
        let requests = try curlArguments(for: events)

        var number = firstQuestion + 2
        var recalls: [Double] = []
        let times = try interleaved(
            sizes.turns,
            [
                {
                    number += 1
                    _ = server.events()
                    let took = try ask(number)
                    if let recall = recallTime(server.events()) { recalls.append(recall) }
                    return took
                }, { try curl.run(requests).milliseconds },
                { try psql.run(file: Scratch.write(log.script(renamingIDs: number), to: "turn.sql")).milliseconds },
            ])
        let (own, http, sql) = (times[0].median, times[1].median, times[2].median)
        report.add(
            "a warm turn of one step beside its \(requests.filter { $0 == "--url" }.count) requests by curl and its "
                + "\(log.statements.count) statements by psql",
            vocero: own.ms, beside: "\(http.shown()) + \(sql.ms)", result: "\((own - http - sql).ms) over",
            goal: "20 ms over", isMet: own - http - sql <= 20)
        var asked = number
        try measureRecall(log, recalls, psql, &report) {
            asked += 1
            _ = try ask(asked)
        }
        try checkRows(repository, firstQuestion, psql, &report)
    }

    /// From the answer to the question's embedding until the chat request is there: recall and nothing else of weight.
    private func recallTime(_ events: [LoopbackServer.Event]) -> Double? {
        guard let embedding = events.first(where: { $0.request.path.hasSuffix("/embeddings") }),
            let chat = events.first(where: { $0.request.path.hasSuffix("/chat/completions") })
        else { return nil }
        return (chat.arrived - embedding.answered).milliseconds
    }

    /// The exact scan as Vocero sends it, by the server's own clock from its text to its last row, beside the same
    /// statement prepared in psql; and all of recall, as it is seen from outside.
    private func measureRecall(
        _ log: ServerLog, _ recalls: [Double], _ psql: Psql, _ report: inout Report,
        ask: @escaping () throws -> Void
    ) throws {
        let mark = "ORDER BY m.embedding <#>"
        let scan = log.only { $0.contains(mark) }
        guard scan.statements.count == 1 else { throw BenchmarkError("the statement of recall was not found") }
        let file = try Scratch.write(scan.script(renamingIDs: 0, timed: true), to: "recall.sql")
        let times = try interleaved(
            sizes.turns,
            [
                { try statements(psql, during: ask).milliseconds(on: mark) },
                { Self.timings(try psql.run(file: file).text) },
            ])
        let (own, beside) = (times[0].median, times[1].median)
        report.add(
            "recall's exact scan in one repository of a hundred, \(sizes.messages) messages, beside the same prepared in psql",
            vocero: own.ms, beside: beside.ms, result: "\((own / beside).shown(2)) times", goal: "1.5 times",
            isMet: own / beside <= 1.5)
        report.add(
            "all of recall, from the embedding's answer to the chat request", vocero: recalls.median.ms,
            result: recalls.median.ms)
    }

    /// The rows found by meaning in one repository are those of an exact scan.
    private func checkRows(_ repository: String, _ question: Int, _ psql: Psql, _ report: inout Report) throws {
        let text = Corpus.question(question)
        let hits = try vocero.run(["search", "-C", repository, "--here", "--json", "--limit", "1000", text]).text
        let found = SearchHits(hits).nearest
        let exact = try nearest(
            to: text, count: found.count, where: "repository = '\(Corpus.repositoryName(7))'", psql)
        let same = Set(found).intersection(exact).count
        report.add(
            "rows of that recall beside an exact scan", vocero: "\(found.count)", beside: "\(exact.count)",
            result: "\(same) the same", goal: "all", isMet: !found.isEmpty && same == found.count)
    }

    /// What the server was asked while a body ran.
    func statements(_ psql: Psql, during body: () throws -> Void) throws -> ServerLog {
        let file = home + "/log/postgres.log"
        try psql.run("ALTER ROLE vocero SET log_min_duration_statement = 0;")
        let start = Scratch.size(of: file)
        try body()
        let text = try Scratch.read(file, from: start)
        try psql.run("ALTER ROLE vocero RESET log_min_duration_statement;")
        return ServerLog(text)
    }

    /// One curl process that sends these requests one after the other on one connection.
    func curlArguments(for events: [LoopbackServer.Event]) throws -> [String] {
        var arguments: [String] = []
        for (index, event) in events.enumerated() {
            let body = try Scratch.write(String(decoding: event.request.body, as: UTF8.self), to: "body-\(index)")
            arguments += index == 0 ? [] : ["--next"]
            arguments += [
                "-s", "-o", "/dev/null", "-H", "Content-Type: application/json", "-H", "Authorization: Bearer bench",
                "--data-binary", "@\(body)", "--url", "http://127.0.0.1:\(server.port)\(event.request.path)",
            ]
        }
        return arguments
    }

    /// The sum of what `\timing` printed.
    private static func timings(_ text: String) -> Double {
        text.split(separator: "\n").filter { $0.hasPrefix("Time: ") }
            .compactMap { Double($0.dropFirst(6).prefix { $0 != " " }) }.reduce(0, +)
    }
}
