import FoundationEssentials
import Glibc
import JSON
import TestSupport
import Testing

struct `The results of a batch` {
    @Test func `are exported in all formats, in the order of the input`() async throws {
        let scene = try await BatchScene.make()
        let names = ["b", "a", "z", "m"]
        // The first ones take longest.
        let lines = names.enumerated().map { index, name in
            JSON.object([
                "id": .string(name), "prompt": .string(BatchScene.prompt(name, index < 2 ? "429-ms ok" : "ok")),
            ]).description
        }
        try scene.directory.write("queue.jsonl", lines.joined(separator: "\n"))
        #expect(try await scene.batch("run", "queue.jsonl", "--no-tools").status == 0)
        let exported = try await scene.batch("export", "queue.jsonl")
        #expect(try BatchScene.lines(of: exported.output).compactMap { $0["name"]?.string } == names, "\(exported)")
        let table = try await scene.batch("export", "queue.jsonl", "--format", "csv").output
        let rows = table.split(separator: "\r\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
        #expect(rows.count == 5 && rows[0].contains("name"), "\(table)")
        let column = rows[0].firstIndex(of: "name") ?? 0
        #expect(rows.dropFirst().map { String($0[column]) } == names)
        let files = try await scene.batch("export", "queue.jsonl", "--format", "files", "--output", "copy")
        #expect(files.status == 0, "\(files)")
        for name in names {
            let text = try String(contentsOfFile: scene.directory.file("copy/\(name).md"), encoding: .utf8)
            #expect(text == "Answer to \(name).\n")
        }
    }

    @Test func `are told in events, an object a line`() async throws {
        let scene = try await BatchScene.make()
        try scene.write([("a", "ok"), ("b", "400"), ("c", "ok")])
        let output = try await scene.batch("run", "prompts", "--no-tools", "--json")
        #expect(output.status == 1, "\(output)")
        let events = try BatchScene.lines(of: output.output)
        #expect(events.first?["event"] == "started" && events.last?["event"] == "finished", "\(output)")
        let items = events.filter { $0["event"] == "item" }
        #expect(Set(items.compactMap { $0["name"]?.string }) == ["a.md", "b.md", "c.md"])
        #expect(items.first { $0["name"] == "b.md" }?["error"]?.string?.contains("scripted 400") == true)
        #expect(events.last?["counts"]?["done"] == 2 && events.last?["counts"]?["failed"] == 1)
    }

    @Test func `have the status of the worst item`() async throws {
        let scene = try await BatchScene.make()
        try scene.write([("a", "ok"), ("fails", "400"), ("writes", "write ok")])
        #expect(try await scene.batch("run", "prompts", "--agent", "file_admin").status == 1)
        let status = try await scene.batch("status", "prompts")
        #expect(status.status == 0 && status.output.contains("1 failed"), "\(status)")
        #expect(status.output.contains("1 parked"), "\(status)")
    }

    @Test func `stay in the store when no directory can be written`() async throws {
        let scene = try await BatchScene.make()
        try scene.write([("a", "ok")])
        try scene.directory.write("taken", "a file")
        let output = try await scene.batch("run", "prompts", "--no-tools", "--output", "taken/below")
        #expect(output.status != 0 && scene.endpoint.callCount == 0, "\(output)")
        #expect(output.error.contains("taken"), "\(output)")
        let none = try await scene.batch("run", "prompts", "--no-tools", "--no-output")
        #expect(none.status == 0 && !FileManager.default.fileExists(atPath: scene.results), "\(none)")
        #expect(try await scene.batch("export", "prompts").output.contains("Answer to a."))
    }

    /// Needs a small file system of its own: root.
    @Test(.enabled(if: geteuid() == 0 && FullDisk.isPermitted, "needs to mount a file system"))
    func `are not lost when the disk is full`() async throws {
        let scene = try await BatchScene.make()
        let names = try scene.write(count: 60)
        let disk = try FullDisk(at: scene.directory.file("small"))
        let output = try await scene.batch("run", "prompts", "--no-tools", "--output", "small/out")
        #expect(output.status == 1, "\(output)")
        #expect(output.error.contains("No space left") || output.error.contains("full"), "\(output)")
        #expect(scene.endpoint.callCount == 60)
        let exported = try await scene.batch("export", "prompts")
        let lines = try BatchScene.lines(of: exported.output)
        #expect(lines.compactMap { $0["name"]?.string } == names.map { $0 + ".md" })
        #expect(lines.allSatisfy { $0["status"] == "done" })
        disk.unmount()
        let again = try await scene.batch("run", "prompts", "--no-tools")
        #expect(again.status == 0 && scene.endpoint.callCount == 60, "\(again)")
        #expect(scene.answer(names[59] + ".md") == "Answer to \(names[59]).\n")
    }
}

/// A file system with room for a few files.
final class FullDisk: Sendable {
    let path: String

    static var isPermitted: Bool {
        guard let probe = try? TemporaryDirectory(prefix: "mount"), let disk = try? FullDisk(at: probe.path) else {
            return false
        }
        disk.unmount()
        return true
    }

    init(at path: String) throws {
        self.path = path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        guard mount("none", path, "tmpfs", 0, "size=64k") == 0 else { throw POSIXFailure(code: errno) }
    }

    func unmount() { umount2(path, Int32(MNT_DETACH)) }

    deinit { unmount() }

    struct POSIXFailure: Error { let code: Int32 }
}
