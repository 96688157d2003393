import Synchronization
import Testing

@testable import Assistant

struct `What is said of an answer while it comes` {
    private func said(_ pieces: [String]) -> String {
        let said = Collected()
        let words = StreamedWords(redact: { $0.replacing("sk-1234", with: "[redacted]") }) { said.add($0) }
        for piece in pieces { words.feed(piece) }
        words.finish()
        return said.text
    }

    @Test func `has no secret in it, wherever the pieces are cut`() {
        let text = "one sk-1234 two\nthree sk-1234"
        for cut in 0...text.count {
            let pieces = [String(text.prefix(cut)), String(text.dropFirst(cut))]
            #expect(said(pieces) == "one [redacted] two\nthree [redacted]")
        }
        #expect(said(text.map { String($0) }) == "one [redacted] two\nthree [redacted]")
    }

    @Test func `waits for the end of a key`() {
        let said = Collected()
        let words = StreamedWords(redact: { "<" + $0 + ">" }) { said.add($0) }
        words.feed("see\n-----BEGIN X PRIVATE KEY-----\nabc\n")
        #expect(said.text.isEmpty)
        words.feed("-----END X PRIVATE KEY-----\nmore\n")
        #expect(said.text.contains("abc\n-----END"))
    }
}

private final class Collected: Sendable {
    private let words = Mutex("")

    var text: String { words.withLock { $0 } }
    func add(_ text: String) { words.withLock { $0 += text } }
}
