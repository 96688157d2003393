import Testing

@testable import Batch

private let long = String(repeating: "x", count: 300)
private let digits = String(repeating: "0", count: 20)

/// Names that must not be taken as they are.
private let hostileNames: [String] = [
    "", ".", "..", "/", "//", "...//..", "../a", "a/..", "a/../b", "a/./b", "./a", "/etc/passwd", "//server/share",
    "a//b",
    "a/", "a/b/", "../../../../etc/cron.d/x", "a\0b", "\0", "a\nb", "a\rb", "a\r\nb", "a\tb", "\u{1b}[2Jx", "a\u{7f}",
    "a\u{85}b",
    "a\u{9b}31m", "a\u{202e}txt.exe", "a\u{200b}", "\u{feff}a", "a\u{2028}b", "soft\u{ad}hyphen", "\u{fffd}", ".git",
    ".git/config",
    ".GIT/hooks/pre-commit", "git~1/config", "a/.git/refs/heads/x", ".g\u{200c}it/config", long, "dir/" + long,
    long + "/a",
    String(repeating: "é", count: 150), String(repeating: "a/", count: 600) + "b", String(repeating: "../", count: 100),
    String(repeating: "a/", count: 40) + "b", String(repeating: "🦊", count: 400), "a.md/b", "a.json/b", "A.MD/b",
    "results.jsonl/a", "\u{d4e}.md/b",
    ".vocero-result-1", ".VOCERO-RESULT-1/a", "a~\(digits)", "d/~\(digits)",
]

/// Names that stay as they are.
private let plainNames: [String] = [
    "a", "a.md", "a.txt", "a/b/c.md", "2024/01", "README", ".env", "-rf", "~root", "a b", " ", "a:b", "a\\b", "...",
    "..a", "a..",
    "naïve/año.md", "日本語", "🦊", "*", "$(id)", "'; drop", "CON", "a~1", "%2e%2e%2f", "e\u{301}", "\u{e9}",
]

struct `The path of a result` {
    @Test(arguments: plainNames) func `of a plain name is the name`(_ name: String) {
        #expect(Array(ResultPath(name: name).answer.utf8) == Array((name + ".md").utf8))
        #expect(Array(ResultPath(name: name).report.utf8) == Array((name + ".json").utf8))
    }

    @Test(arguments: hostileNames + plainNames, [false, true])
    func `stays below the directory in components that every file system takes`(_ name: String, _ foldsCase: Bool) {
        let path = ResultPath(name: name, foldsCase: foldsCase)
        for file in [path.answer, path.report] {
            let parts = file.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map {
                Array($0)
            }
            for part in parts {
                #expect((1...255).contains(part.count))
                #expect(part != Array(".".utf8) && part != Array("..".utf8))
                #expect(!part.contains { $0 < 0x20 || $0 == 0x7f })
                #expect(!String(decoding: part, as: UTF8.self).lowercased().hasPrefix(AtomicFile.prefix))
            }
            #expect(file.utf8.count < 1400)
            #expect(
                path.directories.allSatisfy { directory in
                    let folded = directory.lowercased()
                    return folded != ".git" && ![".md", ".json", ".jsonl"].contains { folded.hasSuffix($0) }
                })
        }
    }

    @Test(arguments: hostileNames) func `of a name that is made safe is marked`(_ name: String) {
        let stem = ResultPath(name: name).stem
        #expect(stem.suffix(21).first == "~" && stem.suffix(20).allSatisfy(\.isHexDigit))
    }

    @Test func `is another one for each name`() {
        let names = hostileNames + plainNames
        #expect(hostileNames.count >= 40)
        // By bytes: Swift takes the two ways of writing é for one.
        #expect(Set(names.map { Array($0.utf8) }).count == names.count)
        for foldsCase in [false, true] {
            let files = names.flatMap { name in
                [ResultPath(name: name, foldsCase: foldsCase)].flatMap {
                    [Array($0.answer.utf8), Array($0.report.utf8)]
                }
            }
            #expect(Set(files).count == 2 * names.count)
        }
        let files = Set(names.map { Array(ResultPath(name: $0).answer.utf8) })
        print("names of results: \(names.count), \(names.count - files.count) shared a file")
    }

    @Test func `never puts a file where another name needs a directory`() {
        let paths = (hostileNames + plainNames + ["a.md", "a.md/b", "a.md/b.json/c"]).map { ResultPath(name: $0) }
        let files = Set(paths.flatMap { [Array($0.answer.utf8), Array($0.report.utf8)] })
        for path in paths {
            for end in path.directories.indices {
                #expect(!files.contains(Array(path.directories[...end].joined(separator: "/").utf8)))
            }
        }
    }

    @Test func `tells names apart that differ only by case where the file system does not`() {
        let names = ["a", "A", "readme", "README", "Readme", "ä", "Ä", "A/b", "a/b", "e\u{301}", "\u{e9}"]
        let files = names.map { ResultPath(name: $0, foldsCase: true).answer.lowercased() }
        #expect(Set(files).count == names.count)
        #expect(ResultPath(name: "readme", foldsCase: true).answer == "readme.md")
    }

    @Test func `cannot be guessed into another's`() {
        let made = ResultPath(name: "../a").stem
        #expect(ResultPath(name: made).stem != made)
    }
}
