import Files
import Glibc
import SystemPackage
import Testing
import TestSupport

struct `A directory` {
    @Test func `gives the bytes of names, whatever they are`() throws {
        let directory = try TemporaryDirectory()
        let names: [[UInt8]] = [
            Array("two words".utf8), Array("new\nline".utf8), [0xff, 0xfe, 0x41], Array(".hidden".utf8),
            [UInt8](repeating: 0x61, count: 255),
        ]
        for name in names {
            let path = Array((directory.path + "/").utf8).map { CChar(bitPattern: $0) }
            let file = open(path + name.map { CChar(bitPattern: $0) } + [0], O_CREAT | O_WRONLY, 0o600)
            #expect(file >= 0)
            close(file)
        }
        try FileSystem.makeLink(directory.path + "/link", to: "nowhere")
        let entries = try FileSystem.entries(in: directory.path)
        #expect(Set(entries.map(\.bytes)) == Set(names + [Array("link".utf8)]))
        let opened = try OpenFile(directory.path, [.directory])
        #expect(try opened.status(of: [0xff, 0xfe, 0x41]).isFile)
        #expect(try opened.status(of: "link").isLink)
        #expect(opened.target(ofLink: "link") == Array("nowhere".utf8))
    }

    @Test func `is listed as often as one likes, and left when enough was seen`() throws {
        let directory = try TemporaryDirectory()
        for name in ["a", "b", "c"] { _ = try OpenFile(directory.path + "/" + name, [.write, .createNew]) }
        let opened = try OpenFile(directory.path, [.directory])
        for _ in 1...2 {
            var seen = 0
            try opened.visitEntries { _ in
                seen += 1
                return seen < 2
            }
            #expect(seen == 2)
        }
    }

    @Test func `that is missing has no names, or is an error`() {
        #expect(FileSystem.names(in: "/nowhere") == [])
        #expect(throws: FileError.self) { try FileSystem.entries(in: "/nowhere") }
    }

    @Test func `is made with those above it, and found made the second time`() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/a/b c/d"
        for _ in 1...2 { try FileSystem.makeDirectories(path) }
        #expect(try FileStatus(of: path).permissions == 0o700)
        _ = try OpenFile(directory.path + "/file", [.write, .createNew])
        let error = #expect(throws: FileError.self) { try FileSystem.makeDirectories(directory.path + "/file/x") }
        #expect(error?.code == .notDirectory)
    }
}
