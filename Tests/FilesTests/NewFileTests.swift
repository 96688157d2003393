import Files
import Glibc
import Testing
import TestSupport

struct `A new file` {
    static let passing: [NewFile.Passing] = [.none(prefix: ".new-"), .random(prefix: ".new-"), .name(".new")]

    private static func text(_ path: String) throws -> String {
        String(decoding: try FileSystem.contents(of: path, limit: 1 << 20), as: UTF8.self)
    }

    @Test(arguments: passing)
    func `takes the place of the old one, and leaves nothing else`(_ passing: NewFile.Passing) throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/two words"
        for text in ["old", "new"] {
            try NewFile.write(Array(text.utf8), to: path, passing: passing, isDurable: true)
            #expect(try Self.text(path) == text)
        }
        #expect(try FileStatus(of: path).permissions == 0o600)
        #expect(FileSystem.names(in: directory.path) == ["two words"])
    }

    @Test(arguments: passing)
    func `that is not finished leaves the old one whole`(_ passing: NewFile.Passing) throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/file"
        try NewFile.write(Array("old".utf8), to: path, passing: passing, isDurable: false)
        do {
            let new = try NewFile(in: OpenFile(directory.path, [.directory]), passing: passing)
            try new.write("half")
            #expect(try Self.text(path) == "old")
        }
        #expect(try Self.text(path) == "old")
        #expect(FileSystem.names(in: directory.path) == ["file"])
    }

    @Test(arguments: passing)
    func `takes no name that is taken when it only claims one`(_ passing: NewFile.Passing) throws {
        let directory = try TemporaryDirectory()
        for text in ["first", "second"] {
            let new = try NewFile(in: OpenFile(directory.path, [.directory]), passing: passing)
            try new.write(text)
            if text == "first" {
                try new.claim("file")
            } else {
                #expect(throws: FileError.self) { try new.claim("file") }
            }
        }
        #expect(try Self.text(directory.path + "/file") == "first")
        #expect(FileSystem.names(in: directory.path) == ["file"])
    }

    @Test(arguments: passing)
    func `replaces a link and not what it leads to`(_ passing: NewFile.Passing) throws {
        let directory = try TemporaryDirectory()
        try NewFile.write(Array("kept".utf8), to: directory.path + "/target", passing: passing, isDurable: false)
        try FileSystem.makeLink(directory.path + "/link", to: "target")
        try NewFile.write(Array("new".utf8), to: directory.path + "/link", passing: passing, isDurable: false)
        #expect(try Self.text(directory.path + "/target") == "kept")
        #expect(try FileStatus(of: directory.path + "/link", followingLink: false).isFile)
    }

    @Test func `does not follow a link that lies under its passing name`() throws {
        let directory = try TemporaryDirectory()
        try NewFile.write(Array("kept".utf8), to: directory.path + "/victim", passing: .name(".x"), isDurable: false)
        try FileSystem.makeLink(directory.path + "/.new", to: "victim")
        try NewFile.write(Array("new".utf8), to: directory.path + "/file", passing: .name(".new"), isDurable: false)
        #expect(try Self.text(directory.path + "/victim") == "kept")
        #expect(try Self.text(directory.path + "/file") == "new")
    }

    @Test func `cannot take the place of a directory, and leaves nothing`() throws {
        let directory = try TemporaryDirectory()
        try FileSystem.makeDirectory(directory.path + "/taken", permissions: 0o700)
        for passing in Self.passing {
            #expect(throws: FileError.self) {
                try NewFile.write([1], to: directory.path + "/taken", passing: passing, isDurable: true)
            }
        }
        #expect(FileSystem.names(in: directory.path) == ["taken"])
    }

    @Test func `of many writers at once is always one of theirs, whole`() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/file"
        let size = 100_000
        try await withThrowingTaskGroup { group in
            for writer in UInt8(1)...8 {
                group.addTask {
                    for _ in 1...20 {
                        try NewFile.write(
                            [UInt8](repeating: writer, count: size), to: path, passing: .random(prefix: ".new-"),
                            isDurable: false)
                        let bytes = try FileSystem.contents(of: path, limit: size)
                        #expect(bytes.count == size && Set(bytes).count == 1)
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(FileSystem.names(in: directory.path) == ["file"])
    }

    @Test func `of a process that is killed before the rename leaves the old one whole`() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/file"
        try NewFile.write(Array("old".utf8), to: path, passing: .name(".new"), isDurable: true)
        for kind in Self.passing.indices {
            await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String, kind = kind as Int] in
                let directory = try OpenFile(FileSystem.parent(of: path), [.directory])
                let new = try NewFile(in: directory, passing: `A new file`.passing[kind])
                try new.write("half")
                kill(getpid(), SIGKILL)
                try new.replace("file")
            }
            #expect(try Self.text(path) == "old")
        }
        // And the next one is not held up by what is left.
        for passing in Self.passing {
            try NewFile.write(Array("new".utf8), to: path, passing: passing, isDurable: true)
            #expect(try Self.text(path) == "new")
        }
    }

    @Test func `of a process that was killed in between is a leftover, and the old file whole`() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/file"
        try NewFile.write(Array("old".utf8), to: path, passing: .random(prefix: ".new-"), isDurable: true)
        // What is left of a writer that was killed: its file, without the lock it held.
        let left = ".new-dead"
        try OpenFile(directory.path + "/" + left, [.write, .createNew]).write("half")
        let opened = try OpenFile(directory.path, [.directory])
        #expect(!NewFile.isLeftover(left, in: opened), "it may have been made just now")
        var times = [timeval(tv_sec: 1_000, tv_usec: 0), timeval(tv_sec: 1_000, tv_usec: 0)]
        #expect(utimes(directory.path + "/" + left, &times) == 0)
        #expect(NewFile.isLeftover(left, in: opened))
        let living = try NewFile(in: opened, passing: .name(".new-living"))
        #expect(utimes(directory.path + "/.new-living", &times) == 0)
        #expect(!NewFile.isLeftover(".new-living", in: opened))
        #expect(try Self.text(path) == "old")
        withExtendedLifetime(living) {}
    }
}
