import Batch
import Hashing
import TestSupport
import Testing

struct `The hash of a prompt` {
    private static let texts = [
        "Ask", "Ask ", "ask", "Ask\n", "---\nagent: a\n---\nAsk", "---\nsession: a\n---\nAsk",
        "---\nmodel: a\n---\nAsk",
        "---\npolicy: a\n---\nAsk", "---\nrepository: a\n---\nAsk", "---\nagent: a\nsession: b\n---\nAsk",
        "---\nagent: ab\n---\nAsk", "---\nagent: a\nsession: a\n---\nAsk", "---\nsteps: 1\n---\nAsk",
        "---\ntokens: 1\n---\nAsk",
        "---\ncost: 1\n---\nAsk", "---\nseconds: 1\n---\nAsk", "---\nsteps: 2\n---\nAsk", "---\nagent: Ask\n---\nAsk",
        "---\nagent: a\n---\nbAsk", "---\nagent: ab\n---\nbAsk",
    ]

    @Test func `differs with all that the answer depends on`() async throws {
        let directory = try TemporaryDirectory()
        for (index, text) in Self.texts.enumerated() { try directory.write("\(index).md", text) }
        try directory.write("r.wav", "Ask")
        try directory.write("s.wav", "Ask ")
        let prompts = try await found(in: directory).prompts
        #expect(prompts.count == Self.texts.count + 2)
        #expect(Set(prompts.map(\.hash)).count == prompts.count)
        print("prompts that differ: \(prompts.count), with a hash of their own \(Set(prompts.map(\.hash)).count)")
    }

    @Test func `is the same wherever the prompt came from`() async throws {
        let file = try await found(file: Array("---\nlimits:\n  steps: 2\nagent: a\n---\n\nAsk".utf8))?.prompt
        let line = try await found(lines: Array(#"{"id":"x","agent":"a","max_steps":2,"prompt":"Ask"}"#.utf8)).first?
            .prompt
        #expect(file?.hash == line?.hash && file != nil)
    }

    @Test func `of a recording is of its bytes, not its name`() async throws {
        let directory = try TemporaryDirectory()
        let bytes = (0..<700_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        try directory.write("a.wav", bytes)
        try directory.write("b.flac", bytes)
        try directory.write("c.wav", bytes.dropLast())
        let hashes = try await found(in: directory).prompts.map(\.hash)
        #expect(hashes.count == 3 && hashes[0] == hashes[1] && hashes[0] != hashes[2])
    }
}
