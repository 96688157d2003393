package import Assistant
internal import Concurrency
internal import Files
internal import Glibc

/// Text that comes along with a request: files and standard input. Bounded, and UTF-8 or refused.
package enum InputText {
    private static let mostBytes = 1 << 20

    package static func attachment(_ path: String) async throws -> Attachment {
        let content = try await blocking(label: "vocero.input") { () throws(Failure) -> String in
            let file: OpenFile
            do throws(FileError) {
                file = try OpenFile(path, [.nonBlocking])
            } catch {
                throw Failure(.noInput, "\(path): \(error.reason)")
            }
            guard (try? file.status())?.isFile == true else {
                throw Failure(.badInput, "\(path) is not a regular file")
            }
            return try text(from: file, named: path)
        }
        return Attachment(name: path, content: content)
    }

    /// What is piped in; nil when stdin is a terminal or nothing at all.
    package static func standardInput(_ reporter: any Reporter) async throws -> String? {
        guard isatty(STDIN_FILENO) != 1 else { return nil }
        let input = OpenFile.standardInput
        guard let kind = try? input.status().kind, kind == .pipe || kind == .file || kind == .socket else { return nil }
        let stop = StopFlag()
        return try await withTaskCancellationHandler {
            try await blocking(label: "vocero.input") { () throws(Failure) -> String in
                if !input.hasInput(within: 2000) { reporter.notice("waiting for the end of standard input") }
                return try text(from: input, named: "standard input", stop: stop)
            }
        } onCancel: {
            stop.set()
        }
    }

    /// Reads to the end; a pipe may never end, so between two blocks it is looked whether the command was interrupted.
    private static func text(
        from file: OpenFile, named name: String, stop: StopFlag? = nil
    ) throws(Failure) -> String {
        var bytes: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            if let stop {
                if stop.isSet { throw Failure(.interrupted, "interrupted while reading \(name)") }
                if !file.hasInput(within: 100) { continue }
            }
            let count: Int
            do {
                count = try file.read(into: &block)
            } catch {
                throw Failure(.noInput, "\(name): \(error.reason)")
            }
            if count == 0 { break }
            bytes += block[..<count]
            guard bytes.count <= mostBytes else {
                throw Failure(.badInput, "\(name) is larger than 1 MiB; give a part of it")
            }
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Failure(.badInput, "\(name) is not UTF-8 text")
        }
        return text
    }
}
