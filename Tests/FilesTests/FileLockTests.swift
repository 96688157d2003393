import Files
import Testing
import TestSupport

struct `A lock` {
    @Test func `has one holder until it is let go of`() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/lock"
        let first = try #require(try FileLock.attempt(path))
        #expect(try FileLock.attempt(path) == nil)
        first.release()
        #expect(try FileLock.attempt(path) != nil)
        #expect(try FileStatus(of: path).permissions == 0o600)
    }

    @Test func `is let go of with its last holder`() throws {
        let directory = try TemporaryDirectory()
        do { _ = try FileLock.attempt(directory.path + "/lock") }
        #expect(try FileLock.attempt(directory.path + "/lock") != nil)
    }

    @Test func `is taken on no link`() throws {
        let directory = try TemporaryDirectory()
        try FileSystem.makeLink(directory.path + "/lock", to: directory.path + "/other")
        #expect(throws: FileError.self) { try FileLock.attempt(directory.path + "/lock") }
        #expect(!FileSystem.exists(directory.path + "/other"))
    }
}
