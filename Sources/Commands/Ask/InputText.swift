internal import Assistant
internal import Concurrency
internal import Glibc

/// Text that comes along with a request: files and standard input. Bounded, and UTF-8 or refused.
enum InputText {
    static let mostBytes = 1 << 20

    static func attachment(_ path: String) async throws -> Attachment {
        let content = try await blocking(label: "vocero.input") { () throws(CommandFailure) -> String in
            let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
            guard descriptor >= 0 else {
                throw CommandFailure(.noInput, "\(path): \(String(cString: strerror(errno)))")
            }
            defer { close(descriptor) }
            var status = stat()
            guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
                throw CommandFailure(.badInput, "\(path) is not a regular file")
            }
            return try text(from: descriptor, named: path)
        }
        return Attachment(name: path, content: content)
    }

    /// What is piped in; nil when stdin is a terminal or nothing at all.
    static func standardInput(_ console: Console) async throws -> String? {
        guard !console.inputIsTerminal else { return nil }
        var status = stat()
        guard fstat(STDIN_FILENO, &status) == 0 else { return nil }
        let kind = status.st_mode & S_IFMT
        guard kind == S_IFIFO || kind == S_IFREG || kind == S_IFSOCK else { return nil }
        let stop = StopFlag()
        return try await withTaskCancellationHandler {
            try await blocking(label: "vocero.input") { () throws(CommandFailure) -> String in
                var slot = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
                if poll(&slot, 1, 2000) == 0 { console.notice("waiting for the end of standard input") }
                return try text(from: STDIN_FILENO, named: "standard input", stop: stop)
            }
        } onCancel: {
            stop.set()
        }
    }

    /// Reads to the end; a pipe may never end, so between two blocks it is looked whether the command was interrupted.
    private static func text(
        from descriptor: Int32, named name: String, stop: StopFlag? = nil
    ) throws(CommandFailure) -> String {
        var bytes: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            if let stop {
                if stop.isSet { throw CommandFailure(.interrupted, "interrupted while reading \(name)") }
                var slot = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
                if poll(&slot, 1, 100) == 0 { continue }
            }
            let count = read(descriptor, &block, block.count)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw CommandFailure(.noInput, "\(name): \(String(cString: strerror(errno)))") }
            if count == 0 { break }
            bytes += block[..<count]
            guard bytes.count <= mostBytes else {
                throw CommandFailure(.badInput, "\(name) is larger than 1 MiB; give a part of it")
            }
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw CommandFailure(.badInput, "\(name) is not UTF-8 text")
        }
        return text
    }
}
