import Glibc

/// Measures everything, prints the table, and removes what it made. A missed goal is said and is no failure.
@main enum Main {
    static func main() {
        let words = CommandLine.arguments
        guard words.count == 5 else {
            Report.note("run scripts/bench, or: bench retrieval VOCERO INSTALLED XQUAD-DIRECTORY")
            exit(64)
        }
        signal(SIGPIPE, SIG_IGN)
        var report = Report()
        var failure: (any Error)?
        do {
            if words[1] == "retrieval" {
                try RetrievalBench(vocero: words[2], installed: words[3], data: words[4]).measure(&report)
            } else {
                let bench = try Bench(vocero: words[1], floor: words[2], root: words[3], installed: words[4])
                defer { _ = try? bench.vocero.run(["services", "stop", "database"]) }
                try measure(bench, &report)
            }
        } catch {
            failure = error
        }
        _ = try? Program(path: "rm", environment: ["PATH": "/bin:/usr/bin"]).run(["-rf", Scratch.directory])
        print(report.text)
        print(
            report.missed == 0 ? "Every goal is met." : "\(report.missed) goals are missed; the table has by how much.")
        if let failure {
            Report.note("\(failure)")
            exit(1)
        }
    }

    private static func measure(_ bench: Bench, _ report: inout Report) throws {
        try bench.measureStartUp(&report)
        try bench.measureHooks(&report)
        // Before this process has grown: a program that it starts counts that as its own peak.
        try bench.measureBatches(&report)
        try bench.measureSpeech(&report)
        try bench.measureClusterStart(&report)
        // Makes the tables.
        _ = try bench.vocero.run(["search", "nothing yet"])
        let (few, many) = (min(10_000, bench.sizes.messages), bench.sizes.messages)
        try bench.load(0..<few)
        try bench.measureSearch(messages: few, goal: 25, from: 1_000, &report)
        if many > few {
            try bench.load(few..<many)
            try bench.measureSearch(messages: many, goal: 50, from: 2_000, &report)
        }
        try bench.measureTurns(from: 3_000, &report)
    }
}
