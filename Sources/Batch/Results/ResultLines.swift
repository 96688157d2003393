internal import Files
internal import JSON

/// Writes text to a path: under a passing name until it is whole and on the disk, and straight to what is no regular
/// file (a pipe, a device). Calls block.
struct ResultSink: ~Copyable {
    private let path: String
    private let name: String
    private var file: AtomicFile?
    private let directory: OpenDirectory?
    private let stream: OpenFile?
    private var buffer = ""

    private static let bufferBytes = 65_536

    private init(
        path: String, name: String = "", directory: OpenDirectory? = nil, file: AtomicFile? = nil,
        stream: OpenFile? = nil
    ) {
        self.path = path
        self.name = name
        self.directory = directory
        self.file = file
        self.stream = stream
    }

    static func open(_ path: String) throws(ResultError) -> ResultSink {
        let status = try? FileStatus(of: path)
        if let status, !status.isFile {
            let stream = try ResultError.catching("Writing", path) { () throws(FileError) in
                try OpenFile(path, [.write])
            }
            return ResultSink(path: path, stream: stream)
        }
        // A link keeps pointing to what it pointed to.
        let real = status == nil ? path : (try? FileSystem.realPath(path)) ?? path
        let parent = try OpenDirectory(path: FileSystem.parent(of: real))
        let file = try AtomicFile(in: parent, path: real)
        return ResultSink(path: real, name: FileSystem.name(of: real), directory: parent, file: file)
    }

    mutating func write(_ text: String) throws(ResultError) {
        buffer += text
        if buffer.utf8.count >= Self.bufferBytes { try flush() }
    }

    /// Gives the file its name. Without it nothing is left of it.
    mutating func finish() throws(ResultError) {
        try flush()
        guard let whole = file else { return }
        defer { file = nil }
        try whole.synchronize()
        try whole.take(name)
        try directory?.synchronize()
    }

    private mutating func flush() throws(ResultError) {
        defer { buffer = "" }
        if let stream {
            return try ResultError.catching("Writing", path) { () throws(FileError) in try stream.write(buffer) }
        }
        try file?.write(buffer)
    }
}

/// `results.jsonl`: each result on a line, in the order of the input. Calls block.
package struct ResultLines: ~Copyable {
    package static let fileName = "results.jsonl"

    private var sink: ResultSink
    private var last = -1

    /// In an output directory, which must be there.
    package init(directory: String) throws(ResultError) {
        let path = directory + "/" + Self.fileName
        // Not one that leads elsewhere, and none that is waited for.
        if let status = try? FileStatus(of: path, followingLink: false), !status.isFile {
            throw ResultError(
                .taken,
                "\(SingleLine.of(path, columns: 300)) is no regular file; move it away, or choose another --output.")
        }
        try self.init(path: path)
    }

    package init(path: String) throws(ResultError) { sink = try ResultSink.open(path) }

    /// - Throws: `order` when an earlier position comes after a later one.
    package mutating func add(_ result: BatchResult) throws(ResultError) {
        guard result.position > last else {
            throw ResultError(
                .order,
                "Result \(result.position) came after \(last), so \(Self.fileName) was not written; run `vocero batch export`."
            )
        }
        last = result.position
        try sink.write(result.json(withAnswer: true).description + "\n")
    }

    /// The file gets its name. One that is not finished leaves nothing behind.
    package mutating func finish() throws(ResultError) { try sink.finish() }

    /// Writes all that a sequence gives, one at a time.
    package static func write<Results: AsyncSequence>(_ results: Results, to directory: String) async throws
    where Results.Element == BatchResult {
        var lines = try ResultLines(directory: directory)
        for try await result in results { try lines.add(result) }
        try lines.finish()
    }
}
