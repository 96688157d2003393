import Glibc
import JSON
import TestSupport
import Testing

@testable import Batch

private struct Broken: Error {}

private func stream(_ results: [BatchResult], failing: Bool = false) -> AsyncThrowingStream<BatchResult, any Error> {
    AsyncThrowingStream { continuation in
        for result in results { continuation.yield(result) }
        continuation.finish(throwing: failing ? Broken() : nil)
    }
}

struct `A table of results` {
    @Test(arguments: [
        ("plain", "plain"), ("", ""), ("a,b", "\"a,b\""), ("a\"b", "\"a\"\"b\""), ("a\nb", "\"a\nb\""),
        ("a\r\nb", "\"a\r\nb\""),
        (" a", "\" a\""), ("a ", "\"a \""), ("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "'-1"), ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"), ("\r=1", "\"'\r=1\""), ("\r\n=1", "\"'\r\n=1\""), ("=\u{301}1", "'=\u{301}1"), ("＝1", "'＝1"),
        ("=HYPERLINK(\"x\",\"y\")", "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\""), ("a=1", "a=1"), ("'a", "'a"),
        ("\"\u{301}", "\"\"\"\u{301}\""),
    ]) func `quotes a cell and takes no formula`(_ text: String, _ cell: String) {
        #expect(Array(ResultTable.cell(text).utf8) == Array(cell.utf8))
    }

    @Test func `has a header and a row for each result`() async throws {
        var text = ""
        try await ResultTable.csv.write(stream([result(0, "a,b"), result(1, "b", answer: nil)])) { text += $0 }
        let lines = text.split(separator: "\r\n", omittingEmptySubsequences: false)
        #expect(lines.count == 4 && lines[0] == "\(ResultTable.columns.joined(separator: ","))" && lines[3] == "")
        #expect(
            lines[1] == """
                0,"a,b",done,An answer,,0190,m,2,10,5,0.00002,\
                "[{""duration_ms"":3,""name"":""git_log"",""state"":""done""}]",\
                2023-11-14T22:13:20.000Z,2023-11-14T22:13:21.500Z,1.5
                """)
        #expect(lines[2].hasPrefix("1,b,failed,,It failed.,"))
    }

    @Test func `is as many JSON objects, each on its line, in JSONL`() async throws {
        var text = ""
        let results = [result(0, "a\nb"), result(1, "b", answer: "line\nline")]
        try await ResultTable.jsonl.write(stream(results)) { text += $0 }
        let lines = text.split(separator: "\n")
        #expect(try lines.map { try JSON(parsing: String($0)) } == results.map { $0.json(withAnswer: true) })
    }

    @Test(arguments: ResultTable.allCases) func `says that a device is full`(_ table: ResultTable) async throws {
        let error = await #expect(throws: ResultError.self) {
            try await table.write(stream([result()]), to: "/dev/full")
        }
        #expect(error?.kind == .full)
        var status = stat()
        #expect(stat("/dev/full", &status) == 0 && status.st_mode & S_IFMT == S_IFCHR)
    }

    @Test func `changes its file only when it is whole`() async throws {
        let directory = try TemporaryDirectory()
        let path = try directory.write("table.csv", "old")
        #expect(symlink(path, directory.file("link")) == 0)
        await #expect(throws: Broken.self) {
            try await ResultTable.csv.write(stream([result()], failing: true), to: path)
        }
        #expect(try text(path) == "old")
        try await ResultTable.csv.write(stream([result()]), to: directory.file("link"))
        #expect(try text(path).hasPrefix("position,"))
        #expect(try entries(directory.path) == ["table.csv", "link"])
    }
}

struct `The lines of all results` {
    @Test func `are in input order in one file`() async throws {
        let directory = try TemporaryDirectory()
        try await ResultLines.write(stream((0..<500).map { result($0, "n\($0)") }), to: directory.path)
        let lines = try text(directory.file("results.jsonl")).split(separator: "\n")
        #expect(try lines.map { try JSON(parsing: String($0))["position"]?.integer } == Array(0..<500))
        #expect(try entries(directory.path) == ["results.jsonl"])
    }

    @Test func `are not written when they come in another order, nor when they break off`() async throws {
        let directory = try TemporaryDirectory()
        let error = await #expect(throws: ResultError.self) {
            try await ResultLines.write(stream([result(1), result(0)]), to: directory.path)
        }
        #expect(error?.kind == .order)
        await #expect(throws: Broken.self) {
            try await ResultLines.write(stream([result(1)], failing: true), to: directory.path)
        }
        #expect(try entries(directory.path).isEmpty)
    }

    @Test func `say where there is no such directory`() throws {
        let directory = try TemporaryDirectory()
        let error = #expect(throws: ResultError.self) {
            try { _ = try ResultLines(directory: directory.file("none")) }()
        }
        #expect(error?.description.contains("none") == true)
    }

    @Test func `fill files in groups as well`() async throws {
        let directory = try TemporaryDirectory()
        let files = try ResultFiles(directory: directory.path)
        try await files.write(stream((0..<25).map { result($0, "n\($0)") }), groupsOf: 10)
        #expect(try entries(directory.path).count == 50)
    }
}
