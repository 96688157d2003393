import Redaction
import Testing

struct `Text for a terminal` {
    private static let rows: [(String, String)] = [
        ("plain\ttext\n", "plain\ttext\n"), ("\u{1b}[31mred\u{1b}[0m", "red"), ("\u{1b}[2J\u{1b}[H", ""),
        ("\u{1b}]0;title\u{7}a", "a"), ("\u{1b}]8;;http://x\u{1b}\\link\u{1b}]8;;\u{1b}\\", "link"),
        ("\u{1b}Pq#0;2;0;0;0\u{1b}\\b", "b"), ("\u{1b}_apc\u{1b}\\c", "c"), ("\u{1b}^pm\u{1b}\\d", "d"),
        ("\u{1b}Xsos\u{9c}e", "e"),
        ("\u{9b}31mf", "f"), ("\u{9d}0;t\u{9c}g", "g"), ("\u{90}x\u{9c}h", "h"), ("\u{1b}(Bi", "i"), ("\u{1b}cj", "j"),
        ("\u{1b}]52;c;aGk=\u{7}k", "k"), ("safe\rEVIL", "safeEVIL"), ("a\r\nb", "a\nb"), ("a\u{8}\u{8}b", "ab"),
        ("a\u{7f}b", "ab"),
        ("a\u{7}b\u{0}c", "abc"), ("\u{202e}gpj.exe", "gpj.exe"), ("a\u{2066}b\u{2069}c", "abc"),
        ("a\u{200b}b\u{200c}c", "abc"),
        ("a\u{200d}b", "ab"), ("\u{1f469}\u{200d}\u{1f4bb}", "\u{1f469}\u{200d}\u{1f4bb}"),
        ("\u{1f469}\u{1f3fd}\u{200d}\u{1f680}", "\u{1f469}\u{1f3fd}\u{200d}\u{1f680}"),
        ("\u{2764}\u{fe0f}\u{200d}\u{1f525}", "\u{2764}\u{fe0f}\u{200d}\u{1f525}"),
        ("\u{1f469}\u{200d}a", "\u{1f469}a"),
        ("\u{feff}a", "a"), ("a\u{2028}b", "ab"), ("a\u{e0041}b", "ab"), ("a\u{ad}b", "ab"), ("\u{1b}", ""),
        ("\u{1b}[", ""),
        ("\u{1b}[31", ""), ("\u{1b}]0;never ends\nnext", "\nnext"), ("\u{1b}\u{1b}[31ma", "a"),
        ("\u{1b}[3\u{1b}[1mb", "b"),
        ("\u{1b}]0;x\u{1b}[31mred", "red"), ("ñandú 日本 é", "ñandú 日本 é"), ("e\u{301}", "e\u{301}"),
        ("\u{1b}[?25l\u{1b}[>0qa", "a"),
        ("\u{1b}[38;2;1;2;3mx", "x"), ("\u{1b}#8a", "a"), ("\u{180e}\u{61c}\u{2060}a", "a"), ("\u{1b}[31ñ", "ñ"),
    ]

    @Test(arguments: rows)
    func `has no control sequences, hidden characters or turned directions`(text: String, printed: String) {
        #expect(Array(TerminalText.sanitized(text).unicodeScalars) == Array(printed.unicodeScalars))
    }

    @Test(arguments: rows)
    func `is the same when it arrives in pieces cut anywhere`(text: String, printed: String) {
        let scalars = Array(text.unicodeScalars)
        for size in 1...3 {
            var sanitizer = TerminalSanitizer()
            var result = ""
            for start in stride(from: 0, to: scalars.count, by: size) {
                var piece = String.UnicodeScalarView()
                piece.append(contentsOf: scalars[start..<min(scalars.count, start + size)])
                result += sanitizer.feed(String(piece))
            }
            result += sanitizer.finish()
            #expect(Array(result.unicodeScalars) == Array(printed.unicodeScalars))
        }
    }

    @Test func `never has a control character left, whatever comes in`() {
        var state: UInt64 = 42
        for _ in 0..<2_000 {
            var text = String.UnicodeScalarView()
            for _ in 0..<20 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                let choices: [UInt32] = [
                    0x1b, 0x9b, 0x5b, 0x5d, 0x5c, 0x07, 0x9c, 0x0d, 0x41, 0x3b, 0x200d, 0x1f469, 0x90, 0x20,
                ]
                text.append(Unicode.Scalar(choices[Int(state >> 40) % choices.count]) ?? "a")
            }
            let printed = TerminalText.sanitized(String(text))
            #expect(
                !printed.unicodeScalars.contains {
                    $0.value < 0x20 && $0 != "\n" && $0 != "\t" || (0x7f..<0xa0).contains($0.value)
                })
        }
    }

    @Test func `shows what would be hidden when a person is to approve it`() {
        #expect(TerminalText.revealed("rm\u{1b}[8m -rf\u{202e}\r\n") == "rm<U+001B>[8m -rf<U+202E><U+000D>\n")
    }
}

struct `A process's memory` {
    @Test func `is hidden in a process of its own`() async {
        await #expect(processExitsWith: .success) {
            guard ProcessMemory.hide() else { fatalError("not hidden") }
        }
    }
}
