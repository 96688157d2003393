import Glibc

extension Bench {
    private static let concurrency = 64
    private static let latency = Duration.milliseconds(200)

    /// A folder of prompts over a server that takes 200 ms, beside the least time that can take; what the queue costs
    /// the database; and memory, with a hundred times as many items.
    func measureBatches(_ report: inout Report) throws {
        let quick = try LoopbackServer(keepsEvents: false) { _ in Answers.whole }
        let slow = try LoopbackServer(delay: Self.latency, keepsEvents: false) { _ in Answers.whole }
        // Starts the database and makes the tables.
        _ = try batch("first", items: 10, over: quick)
        try measureMemory(quick, &report)
        try measureEfficiency(slow, &report)
        try measureQueue(quick, &report)
    }

    /// The whole process counts: its start, the reading of the prompts, the writing of the results.
    private func measureEfficiency(_ server: LoopbackServer, _ report: inout Report) throws {
        let items = sizes.batchItems
        let least = Double(items) * Self.latency.milliseconds / Double(Self.concurrency)
        let took = try batch("efficiency", items: items, over: server, isFolder: true).milliseconds
        report.add(
            "\(items) prompts over a server that takes 200 ms, \(Self.concurrency) in flight, beside the least time",
            vocero: "\((took / 1000).shown()) s", beside: "\((least / 1000).shown()) s",
            result: "\((100 * least / took).shown()) %", goal: "95 %", isMet: least / took >= 0.95)
    }

    /// By the server's own clock, without its waiting for the disk at a commit.
    private func measureQueue(_ server: LoopbackServer, _ report: inout Report) throws {
        let items = min(1_000, sizes.batchItems)
        let log = try statements(psql()) { _ = try batch("queue", items: items, over: server) }
        let claim = log.milliseconds(on: "affordable AS") / Double(items)
        let record = log.milliseconds(on: "held AS") / Double(items)
        guard claim > 0, record > 0 else { throw BenchmarkError("the queue's statements were not found") }
        report.add(
            "the database's time to claim an item and to record what came of it",
            vocero: "\(claim.shown(3)) + \(record.shown(3)) ms", result: "\((claim + record).shown(3)) ms",
            goal: "2 ms",
            isMet: claim + record < 2)
    }

    /// The results stay in the store: a hundred thousand files measure the disk.
    private func measureMemory(_ server: LoopbackServer, _ report: inout Report) throws {
        let few = try batch("few", items: 1_000, over: server).peakMebibytes
        let many = try batch("many", items: sizes.manyBatchItems, over: server).peakMebibytes
        report.add(
            "peak memory with \(sizes.manyBatchItems) items beside that with 1000", vocero: "\(many.shown()) MiB",
            beside: "\(few.shown()) MiB", result: "\((many / few).shown(2)) times", goal: "1.2 times",
            isMet: many / few <= 1.2)
    }

    /// One whole `vocero batch run`.
    private func batch(
        _ name: String, items: Int, over server: LoopbackServer, isFolder: Bool = false
    ) throws -> Ended {
        var program = vocero
        program.environment["OPENAI_BASE_URL"] = server.url
        let input = try isFolder ? writeFolder(name, items) : writeLines(name, items)
        // A status that says that not all of it was done is thrown.
        return try program.run(
            ["batch", "run", input, "--no-tools", "--concurrency", "\(Self.concurrency)"]
                + (isFolder ? [] : ["--no-output"]))
    }

    private func writeFolder(_ name: String, _ items: Int) throws -> String {
        let folder = "\(Scratch.directory)/\(name)"
        guard mkdir(folder, 0o755) == 0 else { throw BenchmarkError("\(folder) cannot be made") }
        for number in 1...items {
            _ = try Scratch.write(Self.prompt(number), to: "\(name)/prompt-\(number).md")
        }
        return folder
    }

    private func writeLines(_ name: String, _ items: Int) throws -> String {
        let path = "\(Scratch.directory)/\(name).jsonl"
        guard let file = fopen(path, "w") else { throw BenchmarkError("\(path) cannot be made") }
        defer { fclose(file) }
        for number in 1...items {
            let line = Array("{\"id\":\"item-\(number)\",\"prompt\":\"\(Self.prompt(number))\"}\n".utf8)
            fwrite(line, 1, line.count, file)
        }
        return path
    }

    private static func prompt(_ number: Int) -> String {
        "Say in one sentence why the parser fails on the file number \(number), and what to do about it."
    }
}
