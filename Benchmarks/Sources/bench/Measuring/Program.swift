import Glibc

/// What went wrong where nothing can be measured any more.
struct BenchmarkError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

/// A program with its surroundings. Its parts are run as whole processes.
struct Program: Sendable {
    var path: String
    var environment: [String: String]

    /// Runs it to its end; what it prints on stdout is kept, and stderr too when it fails.
    func run(_ arguments: [String], input: String = "/dev/null", feed: ((Int32) throws -> Void)? = nil) throws -> Ended
    {
        let errors = "\(Scratch.directory)/stderr"
        var toProgram: [Int32] = [-1, -1]
        var fromProgram: [Int32] = [-1, -1]
        guard pipe(&fromProgram) == 0, feed == nil || pipe(&toProgram) == 0 else { throw BenchmarkError("no pipe") }
        for end in [toProgram[1], fromProgram[0]] where end >= 0 { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }

        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        if feed == nil {
            posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, input, O_RDONLY, 0)
        } else {
            posix_spawn_file_actions_adddup2(&actions, toProgram[0], STDIN_FILENO)
            posix_spawn_file_actions_addclose(&actions, toProgram[0])
        }
        posix_spawn_file_actions_adddup2(&actions, fromProgram[1], STDOUT_FILENO)
        posix_spawn_file_actions_addclose(&actions, fromProgram[1])
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, errors, O_WRONLY | O_CREAT | O_TRUNC, 0o600)

        var words = ([path] + arguments).map { strdup($0) } + [nil]
        var variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for text in words + variables { free(text) } }

        var process: pid_t = 0
        let start = ContinuousClock.now
        let code = posix_spawnp(&process, path, &actions, nil, &words, &variables)
        close(fromProgram[1])
        if feed != nil { close(toProgram[0]) }
        guard code == 0 else { throw BenchmarkError("\(path): \(String(cString: strerror(code)))") }
        if let feed {
            try feed(toProgram[1])
            close(toProgram[1])
        }
        let output = Self.everything(from: fromProgram[0])
        var status: Int32 = 0
        var usage = rusage()
        while wait4(process, &status, 0, &usage) < 0 && errno == EINTR {}
        let took = ContinuousClock.now - start
        let ended = Ended(
            milliseconds: took.milliseconds, status: status & 0x7f == 0 ? status >> 8 & 0xff : 128 + status & 0x7f,
            peakMebibytes: Double(usage.ru_maxrss) / 1024, output: output)
        guard ended.status == 0 else {
            let said = (try? Scratch.read(errors)) ?? ""
            throw BenchmarkError("\(path) \(arguments.prefix(3)) ended with \(ended.status): \(said.prefix(2000))")
        }
        return ended
    }

    private static func everything(from descriptor: Int32) -> [UInt8] {
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(descriptor, &block, block.count)
            if count < 0 && errno == EINTR { continue }
            if count <= 0 { return bytes }
            bytes += block[..<count]
        }
    }
}

/// One process, from just before it was made until it was gone.
struct Ended {
    let milliseconds: Double
    let status: Int32
    /// The kernel counts in what the parent had at the time: never too low.
    let peakMebibytes: Double
    let output: [UInt8]

    var text: String { String(decoding: output, as: UTF8.self) }
}

extension Duration {
    var milliseconds: Double {
        Double(components.seconds) * 1e3 + Double(components.attoseconds) / 1e15
    }
}
