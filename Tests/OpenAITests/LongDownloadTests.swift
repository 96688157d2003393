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

    /// The last bound of a whole answer was 64 MiB. `scripts/bench-download` does the same with 200 MB and the program
    /// itself.
    @Test func `is read whole when it is longer than what is kept, in memory that does not grow with it`() async throws
    {
        let count = 70
        let line = String(repeating: "x", count: (1 << 20) - 1) + "\n"
        let server = try LoopbackServer { _ in
            .stream(pieces: (0..<count).map { _ in LoopbackReply.Piece(line) })
        }
        let content = try #require(try await OpenAIClient.quick(server).content(of: "file-1"))
        var lines = 0
        var (first, most) = (0, 0)
        while let next = try await content.nextLine() {
            #expect(next.count == (1 << 20) - 1)
            lines += 1
            if lines == 10 { first = try Self.memory() }
            most = max(most, try Self.memory())
        }
        #expect(lines == count)
        // Other tests run beside this one; the file would be seen twice over.
        print("\(count) MiB read: memory from \(first >> 20) to \(most >> 20) MiB")
    }
}
