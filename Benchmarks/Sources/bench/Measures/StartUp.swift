extension Bench {
    /// A whole process that does nothing.
    func measureStartUp(_ report: inout Report) throws {
        let times = try interleaved(
            sizes.starts,
            [
                { try vocero.run(["--version"]).milliseconds }, { try floor.run([]).milliseconds },
                { try git.run(["--version"]).milliseconds }, { try vocero.run(["services", "status"]).milliseconds },
            ])
        let (own, least, other) = (times[0].median, times[1].median, times[2].median)
        report.add(
            "vocero --version beside a C program with the same libraries", vocero: own.ms, beside: least.ms,
            result: "\((own / least).shown(2)) times", goal: "1.5 times", isMet: own / least <= 1.5)
        report.add(
            "vocero --version beside git --version", vocero: own.ms, beside: other.ms,
            result: "\((own / other).shown(1)) times")
        let status = times[3].median
        report.add(
            "a command that parses its words and reads its settings, beside the C program", vocero: status.ms,
            beside: least.ms, result: "\((status / least).shown(2)) times")
    }

    /// The private cluster stopped and started again; a process that only asks for its state is taken off.
    func measureClusterStart(_ report: inout Report) throws {
        _ = try vocero.run(["services", "start", "database"])
        let times = try interleaved(
            sizes.clusterStarts,
            [
                {
                    _ = try vocero.run(["services", "stop", "database"])
                    return try vocero.run(["services", "start", "database"]).milliseconds
                }, { try vocero.run(["services", "status"]).milliseconds },
            ])
        let (start, status) = (times[0].median, times[1].median)
        report.add(
            "later start of the private cluster", vocero: start.ms, beside: status.ms,
            result: "\((start - status).ms)", goal: "40 ms", isMet: start - status <= 40)
    }
}
