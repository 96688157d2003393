import Files
import Glibc
import SystemPackage
import Testing
import TestSupport

struct `An open file` {
    @Test func `that is missing is an error with path and reason`() {
        let error = #expect(throws: FileError.self) { try OpenFile("/nowhere/at all") }
        #expect(error?.description == "Cannot open /nowhere/at all: no such file or directory.")
        #expect(error?.isMissing == true)
    }

    @Test func `is not the one that a name with a NUL begins with`() throws {
        let error = #expect(throws: FileError.self) { try OpenFile("/etc/passwd\0.txt") }
        #expect(error?.code == .invalidArgument)
    }

    @Test func `follows no link where it must not`() throws {
        let directory = try TemporaryDirectory()
        try FileSystem.makeLink(directory.path + "/link", to: "/etc/passwd")
        let error = #expect(throws: FileError.self) { try OpenFile(directory.path + "/link", [.noFollow]) }
        #expect(error?.code == .tooManySymbolicLinkLevels)
    }

    @Test func `gives bytes to the end, or one more than the limit`() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/a file with \u{e4}"
        let bytes = (0..<200_000).map { UInt8(truncatingIfNeeded: $0) }
        try OpenFile(path, [.write, .createNew]).write(bytes)
        #expect(try OpenFile(path).read(atMost: .max) == bytes)
        #expect(try OpenFile(path).read(atMost: 300_000, expecting: 1) == bytes)
        #expect(try OpenFile(path).read(atMost: 1_000).count == 1_001)
        #expect(try OpenFile(path).read(10, at: 199_995) == Array(bytes.suffix(5)))
        #expect(try FileSystem.contents(of: path, limit: 200_000) == bytes)
        let error = #expect(throws: FileError.self) { try FileSystem.contents(of: path, limit: 199_999) }
        #expect(error?.code == .fileTooLarge)
    }

    @Test func `does not wait for the other end of a pipe`() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/pipe"
        #expect(mkfifo(path, 0o600) == 0)
        let error = #expect(throws: FileError.self) { try FileSystem.contents(of: path, limit: 10) }
        #expect(error?.code == .invalidArgument)
        #expect(try OpenFile(path, [.nonBlocking]).status().kind == .pipe)
    }

    @Test func `that is full says so`() throws {
        let full = try OpenFile("/dev/full", [.write])
        let error = #expect(throws: FileError.self) { try full.write("x") }
        #expect(error?.isFull == true)
        #expect(error?.description == "Cannot write /dev/full: no space left on device.")
    }

    @Test func `that blocks no more is written whole while its reader is slow`() async throws {
        var ends: [Int32] = [0, 0]
        #expect(pipe(&ends) == 0)
        #expect(fcntl(ends[1], F_SETFL, O_NONBLOCK) == 0)
        let reader = OpenFile(owning: ends[0], path: "pipe")
        let bytes = [UInt8](repeating: 7, count: 1 << 20)
        let number = ends[1]
        async let read = Task.detached {
            try await Task.sleep(for: .milliseconds(20))
            return try reader.read(atMost: .max).count
        }.value
        do {
            let writer = OpenFile(owning: number, path: "pipe")
            try writer.write(bytes)
        }
        #expect(try await read == bytes.count)
    }

    @Test func `that is borrowed stays open`() throws {
        var ends: [Int32] = [0, 0]
        #expect(pipe(&ends) == 0)
        do { _ = OpenFile(borrowing: ends[0], path: "pipe") }
        #expect(fcntl(ends[0], F_GETFD) >= 0)
        do { _ = OpenFile(owning: ends[0], path: "pipe") }
        #expect(fcntl(ends[0], F_GETFD) < 0)
        close(ends[1])
    }

    @Test func `knows where it is`() throws {
        let directory = try TemporaryDirectory()
        try FileSystem.makeLink(directory.path + "/link", to: ".")
        let real = try FileSystem.realPath(directory.path)
        #expect(try OpenFile(directory.path + "/link/", [.directory]).realPath == real)
    }
}
