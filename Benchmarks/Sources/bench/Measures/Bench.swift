import Glibc

/// What all measures share: the programs, the private cluster of this run, the loopback server.
struct Bench {
    let vocero: Program
    /// The C program that loads the same libraries.
    let floor: Program
    let curl: Program
    let git: Program
    let samples: String
    let server: LoopbackServer
    let corpus: Corpus
    let sizes: Sizes
    private let installed: String

    /// Adjustable by environment variables.
    struct Sizes {
        let messages = number("BENCH_MESSAGES", 100_000)
        let starts = number("BENCH_STARTS", 40)
        let clusterStarts = number("BENCH_CLUSTER_STARTS", 15)
        let turns = number("BENCH_TURNS", 15)
        let searches = number("BENCH_SEARCHES", 30)
        let audioMinutes = number("BENCH_AUDIO_MINUTES", 60)
        let commits = number("BENCH_COMMITS", 25)
        let diffMegabytes = number("BENCH_DIFF_MEGABYTES", 200)
        let batchItems = number("BENCH_BATCH_ITEMS", 10_000)
        let manyBatchItems = number("BENCH_BATCH_MANY_ITEMS", 100_000)

        private static func number(_ name: String, _ usual: Int) -> Int {
            guard let text = getenv(name), let number = Int(String(cString: text)), number > 0 else { return usual }
            return number
        }
    }

    /// - Parameters:
    ///   - vocero: the release program.
    ///   - floor: the C program that loads the same libraries.
    ///   - root: the source tree.
    ///   - installed: what scripts/setup installed: `opt` of a data directory.
    /// - Throws: when the loopback server or the data directory cannot be made.
    init(vocero: String, floor: String, root: String, installed: String) throws {
        let corpus = Corpus()
        let answers = Answers(corpus: corpus)
        let server = try LoopbackServer { answers.reply(to: $0) }
        let home = Scratch.directory + "/home"
        guard chdir(Scratch.directory) == 0, mkdir(home, 0o755) == 0, symlink(installed, home + "/opt") == 0 else {
            throw BenchmarkError("\(home) cannot be made")
        }
        var plain = ["LC_ALL": "C.UTF-8", "HOME": Scratch.directory]
        if let path = getenv("PATH") { plain["PATH"] = String(cString: path) }
        var own = plain
        own["VOCERO_HOME"] = home
        own["VOCERO_CONFIG"] = home + "/config"
        own["VOCERO_USER"] = Corpus.user
        // What is measured is what a command does itself.
        own["VOCERO_EMBEDDINGS_BACKGROUND"] = "false"
        own["OPENAI_BASE_URL"] = server.url
        own["OPENAI_API_KEY"] = "bench"
        own["VOCERO_CHAT_MODEL"] = "bench"
        own["VOCERO_EMBEDDINGS_MODEL"] = Corpus.model
        self.vocero = Program(path: vocero, environment: own)
        self.floor = Program(path: floor, environment: plain)
        curl = Program(path: "curl", environment: plain)
        git = Program(path: "git", environment: plain)
        samples = root + "/samples"
        self.server = server
        self.corpus = corpus
        self.installed = installed
        sizes = Sizes()
    }

    var home: String { Scratch.directory + "/home" }

    /// psql of the server's own version, on the cluster that runs now.
    func psql() throws -> Psql {
        let status = try vocero.run(["services", "status", "--json"]).text
        guard
            let start = status.firstRange(of: #""address": ""#)?.upperBound
                ?? status.firstRange(of: #""address":""#)?.upperBound,
            let end = status[start...].firstIndex(of: "\"")
        else { throw BenchmarkError("the private database does not run: \(status)") }
        return Psql(
            program: Program(path: try psqlPath(), environment: curl.environment),
            connection: "host='\(status[start..<end])' user=vocero dbname=vocero")
    }

    private func psqlPath() throws -> String {
        var found = glob_t()
        defer { globfree(&found) }
        guard glob(installed + "/postgres/*/bin/psql", 0, nil, &found) == 0, found.gl_pathc > 0,
            let path = found.gl_pathv[Int(found.gl_pathc) - 1]
        else { return "psql" }
        return String(cString: path)
    }

    /// A repository that is called as the corpus calls it.
    func makeRepository(_ number: Int) throws -> String {
        let path = "\(Scratch.directory)/\(Corpus.repositoryName(number))"
        for arguments in [
            ["init", "-q", "-b", "main", path],
            [
                "-C", path, "-c", "user.name=Bench", "-c", "user.email=bench@example.org", "commit", "-q",
                "--allow-empty", "-m", "Begin",
            ],
        ] { _ = try git.run(arguments) }
        return path
    }
}
