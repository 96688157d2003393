internal import CLinux
internal import Concurrency
internal import Files
internal import Glibc

/// A program that only reads: with a clean environment, nothing to ask on, one directory to write in, and, where the
/// kernel has Landlock, no way to write elsewhere or to connect.
package struct ReadingProcess: Sendable {
    package struct Output: Sendable {
        package let bytes: [UInt8]
        /// At most 64 KiB of standard error.
        package let complaint: [UInt8]
        /// 128 and the signal's number when one ended it.
        package let status: Int32
    }

    /// Why there is no output.
    package enum Failure: Error, Sendable, Hashable {
        case cancelled
        /// No program of that name in PATH.
        case missing
        /// It wrote more than was allowed.
        case tooLong
        /// It was not done in time.
        case tooSlow
        case other(String)
    }

    /// Looked for in the absolute directories of PATH.
    package let name: String
    package let directory: String
    /// The one directory that it may write in.
    package let writable: PrivateDirectory

    package init(_ name: String, in directory: String, writing writable: PrivateDirectory) {
        self.name = name
        self.directory = directory
        self.writable = writable
    }

    /// Runs it to its end; a cancelled task, and time that is over, kill it and what it started. Of its output no more
    /// than `limit` bytes are taken; `input` is an open descriptor.
    package func run(
        _ arguments: [String], environment: [String: String], input: Int32, limit: Int,
        within time: Duration = .seconds(120)
    ) async throws(Failure) -> Output {
        let places = ChildEnvironment.searchPath(environment["PATH"]).map { $0 + "/" + name }
        guard
            let path = places.first(where: {
                FileSystem.isExecutable($0) && (try? FileStatus(of: $0))?.isFile == true
            })
        else { throw .missing }
        let child = ChildProcess()
        let words = [path] + arguments
        let variables = environment.map { "\($0.key)=\($0.value)" }
        let (directory, writable) = (directory, writable.path)
        let result = await withTaskCancellationHandler {
            await onOwnThread { () -> Result<Output, Failure> in
                guard Landlock.restrictThread(writingOnlyBelow: writable) else {
                    return .failure(.other("the kernel refused its Landlock fence"))
                }
                return Self.run(child, words, variables, directory, input: input, limit: limit, until: .now + time)
            }
        } onCancel: {
            child.kill()
        }
        if Task.isCancelled { throw .cancelled }
        guard let result else { throw .other("there is no room for a thread") }
        return try result.get()
    }

    private static func run(
        _ child: ChildProcess, _ words: [String], _ variables: [String], _ directory: String, input: Int32, limit: Int,
        until end: ContinuousClock.Instant
    ) -> Result<Output, Failure> {
        guard var output = Pipe(), var complaint = Pipe() else { return .failure(.other("there is no pipe to be had")) }
        let code = child.start {
            var process: Int32 = 0
            let code = unsafe withCStrings(words) { words in
                unsafe withCStrings(variables) { variables in
                    unsafe vocero_spawn(
                        &process, words[0], words, variables, directory, input, output.end.number, complaint.end.number)
                }
            }
            return (process, code)
        }
        guard code == 0 else { return .failure(.other(unsafe String(cString: strerror(code)))) }
        output.closeEnd()
        complaint.closeEnd()
        var reader = StreamPair(output.file, complaint.file, limit: limit)
        let ended = reader.read(until: end)
        if ended != .atEnd { child.kill() }
        let status = child.wait()
        return switch ended {
        case .atEnd: .success(Output(bytes: reader.output, complaint: reader.complaint, status: status))
        case .tooLong: .failure(.tooLong)
        case .tooSlow: .failure(.tooSlow)
        }
    }
}

/// Gives C an array of strings that ends with a null pointer.
private func withCStrings<Value>(
    _ strings: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Value
) -> Value {
    var copies: [UnsafeMutablePointer<CChar>?] = unsafe strings.map { unsafe strdup($0) }
    unsafe copies.append(nil)
    defer { unsafe copies.forEach { unsafe free($0) } }
    return unsafe copies.withUnsafeBufferPointer { unsafe body($0.baseAddress.unsafelyUnwrapped) }
}
