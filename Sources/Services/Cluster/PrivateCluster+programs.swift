internal import FoundationEssentials

extension PrivateCluster {
    /// Where the server's own programs are (psql, pg_dump where they came with it); nil before the first start.
    package var programDirectory: String? {
        // PostgreSQL writes the command line of its last start there.
        guard let options = try? String(contentsOfFile: dataDirectory + "/postmaster.opts", encoding: .utf8) else {
            return nil
        }
        let program = options.prefix { $0 != " " && $0 != "\n" }
        guard let slash = program.lastIndex(of: "/") else { return nil }
        return String(program[..<slash])
    }
}
