import FoundationEssentials
import JSON
import OpenAI
import TestSupport
import Testing

struct `The result file of a batch` {
    /// Of this process, in bytes.
    private static func memory() throws -> Int {
        let text = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
        return (text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) * 4096
    }

    @Test func `is read whole when it has 200 MB, in memory that does not grow with it`() async throws {
        let count = 2_000
        let filler = String(repeating: "x", count: 100_000)
        let server = try LoopbackServer { _ in
            .stream(
                pieces: (0..<count).map { number in
                    LoopbackReply.Piece(
                        #"{"custom_id":"\#(number)-1","response":{"status_code":200,"body":{"choices":[{"message":{"content":""#
                            + filler + #""},"finish_reason":"stop"}]}},"error":null}"# + "\n")
                })
        }
        let client = OpenAIClient.quick(server)
        let content = try #require(try await client.content(of: "file-1"))
        var lines = 0
        var start = 0
        var most = 0
        while let line = try await content.nextLine() {
            let result = try #require(client.batchResult(of: line, model: "m"))
            #expect(result.id == "\(lines)-1")
            lines += 1
            if lines == 100 { start = try Self.memory() }
            if lines.isMultiple(of: 100) { most = max(most, try Self.memory()) }
        }
        #expect(lines == count)
        // Other tests run beside this one: a twentieth of the file would already be seen.
        print("200 MB read: memory from \(start >> 20) to \(most >> 20) MiB")
    }
}
