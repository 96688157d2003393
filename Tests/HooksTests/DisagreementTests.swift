import Git
import Hashing
import Testing

@testable import Hooks

struct `A message and its change` {
    struct Case: Sendable, CustomTestStringConvertible {
        let message: String
        let files: [(ChangeKind, String)]
        let says: String?
        var testDescription: String { message }

        init(_ message: String, _ files: [(ChangeKind, String)], says: String? = nil) {
            self.message = message
            self.files = files
            self.says = says
        }
    }

    @Test(arguments: [
        Case("docs: explain the parser", [(.modified, "Sources/Parser.swift")], says: "no documentation changes"),
        Case("docs: explain the parser", [(.modified, "README.md")]),
        Case("test: cover the parser", [(.modified, "Sources/Parser.swift")], says: "no test changes"),
        Case("fix(parser): accept tabs", [(.modified, "README.md")], says: "only documentation changes"),
        Case("fix(parser): accept tabs", [(.modified, "Parser.swift")]),
        Case("Add a parser", [(.deleted, "Parser.swift")], says: "only deletes files"),
        Case("Añade un analizador", [(.deleted, "Parser.swift")], says: "only deletes files"),
        Case("Remove the parser", [(.added, "Parser.swift")], says: "only adds files"),
        Case("Remove the parser", [(.modified, "Parser.swift")]),
        Case("Update Lexer.swift", [(.modified, "Parser.swift")], says: "names Lexer.swift"),
        Case("Update Parser.swift, e.g. its tabs", [(.modified, "Sources/Parser.swift")]),
        Case("Use 1.5 and example.org", [(.modified, "Parser.swift")]),
        Case("Merge: nothing", [(.modified, "Parser.swift")]),
        Case("", [(.modified, "Parser.swift")]),
    ])
    func `are said to disagree only where that is certain`(row: Case) {
        let files = row.files.map { ChangedFile(kind: $0, path: $1, fileClass: FileClass.of(path: $1)) }
        let change = ChangeSet(files: files, moreFiles: 0, patches: [], identity: ContentHash(ofText: ""))
        let found = Disagreement.find(message: row.message, change: change)
        if let says = row.says {
            #expect(found.contains { $0.contains(says) })
        } else {
            #expect(found.isEmpty)
        }
    }
}
