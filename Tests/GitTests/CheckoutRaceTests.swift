import Foundation
import Git
import Synchronization
import TestSupport
import Testing

/// Someone turns a directory into a link and back while files are written into it.
struct `A checkout that is raced` {
    private static let tries = 40

    /// Whether the race is over.
    private final class Over: Sendable {
        private let state = Mutex(false)
        var isSet: Bool { state.withLock { $0 } }
        func set() { state.withLock { $0 = true } }
    }

    /// Puts a link in the directory's place and the directory back, until it is over.
    private static func race(_ directory: String, with target: String, until over: Over) {
        while !over.isSet {
            guard rename(directory, directory + ".aside") == 0 else { continue }
            symlink(target, directory)
            unlink(directory)
            rename(directory + ".aside", directory)
            // Time for the other side, on a machine with few cores.
            usleep(100)
        }
    }

    @Test(arguments: ["../out", ".git/hooks"]) func `writes nothing through the link`(target: String) async throws {
        let test = try await TestRepository.make()
        try await test.commit("a", "1\n", message: "First")
        try await test.git("checkout", "-q", "-b", "side")
        for number in 0..<20 { try test.write("d/file\(number)", "from the commit\n") }
        try await test.git("add", "-A")
        try await test.commitStaged(message: "Files")
        try await test.git("checkout", "-q", "main")
        try FileManager.default.createDirectory(atPath: test.directory.file("out"), withIntermediateDirectories: true)
        try FileManager.default.createDirectory(atPath: test.path + "/.git/hooks", withIntermediateDirectories: true)
        try FileManager.default.createDirectory(atPath: test.path + "/d", withIntermediateDirectories: true)
        let before = try FileManager.default.contentsOfDirectory(atPath: test.path + "/.git/hooks").count
        let over = Over()
        let leads = target == "../out" ? test.directory.file("out") : test.path + "/.git/hooks"
        let racer = Thread { Self.race(test.path + "/d", with: leads, until: over) }
        racer.start()
        var done = 0
        for _ in 0..<Self.tries {
            let repository = try await Repository.open(test.path)
            do {
                _ = try await repository.checkout("side")
                done += 1
                _ = try await repository.checkout("main")
            } catch {
                // The link was in the way: that is what is to be.
            }
        }
        over.set()
        #expect(try FileManager.default.contentsOfDirectory(atPath: test.directory.file("out")) == [])
        #expect(try FileManager.default.contentsOfDirectory(atPath: test.path + "/.git/hooks").count == before)
        print("checkouts raced with a link to \(target): \(Self.tries), of which \(done) went through, 0 escapes")
    }

    @Test func `brings modes, links, submodules and conversions as git does`() async throws {
        let test = try await TestRepository.make()
        try await test.commit("a", "1\n", message: "First")
        try await test.git("checkout", "-q", "-b", "side")
        try test.write("run", "#!/bin/sh\n")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: test.path + "/run")
        try FileManager.default.createSymbolicLink(atPath: test.path + "/link", withDestinationPath: "a")
        try test.write(".gitattributes", "*.crlf text eol=crlf\n*.id ident\n")
        try test.write("x.crlf", "one\ntwo\n")
        try test.write("deep/er/file", "x\n")
        try FileManager.default.removeItem(atPath: test.path + "/a")
        try test.write("a/was-a-file", "now a directory\n")
        try await test.git("add", "-A")
        try await test.git(
            "update-index", "--add", "--cacheinfo", "160000,\(try await test.git("rev-parse", "HEAD")),sub")
        try await test.commitStaged(message: "All kinds")
        try await test.git("checkout", "-q", "-f", "main")
        let repository = try await Repository.open(test.path)
        _ = try await repository.checkout("side")
        #expect(try await test.git("status", "--porcelain") == "")
        #expect(try test.bytes("x.crlf") == Array("one\r\ntwo\r\n".utf8))
        #expect(FileManager.default.isExecutableFile(atPath: test.path + "/run"))
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: test.path + "/link") == "a")
        _ = try await repository.checkout("main")
        #expect(try await test.git("status", "--porcelain") == "")
        #expect(!FileManager.default.fileExists(atPath: test.path + "/deep"))
        #expect(try test.bytes("a") == Array("1\n".utf8))
    }

    @Test func `keeps what is staged and not part of it`() async throws {
        let test = try await TestRepository.make()
        try await test.commit("a", "1\n", message: "First")
        try await test.commit("keep", "1\n", message: "Second")
        try await test.git("branch", "side")
        try await test.commit("a", "2\n", message: "Third")
        try test.write("keep", "staged\n")
        try await test.git("add", "keep")
        _ = try await Repository.open(test.path).checkout("side")
        #expect(try await test.git("status", "--porcelain") == "M  keep")
    }
}

extension TestRepository {
    fileprivate func bytes(_ file: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(filePath: path + "/" + file)))
    }
}
