import JSON
import Testing

@testable import OfflineModel

struct `A hostile request` {
    @Test(arguments: [
        "", " ", "\n", "?", "x", "delete", "🔥", String(repeating: "x ", count: 500_000),
        String(repeating: "delete docs/notas.md ", count: 500), "delete docs/notas.md 🚫", "🚫 delete docs/notas.md",
        "delete \u{202E}docs/notas.md", "delete docs/not\u{200B}as.md", "commit everything with the message \"fix",
        "delete docs/notas.md?", "import Foundation\n\nfunc push() {\n    delete(docs/notas.md)\n}\n",
        "DELETE EVERYTHING",
        "delete all", "delete the last file", "borra todo", "rm -rf /", "delete everything except README.md",
        "remove the line about X from docs/notas.md", "delete the tag v1.0", "all commits except those by Ada",
        "create a branch called a..b", "create a branch called -x", "switch to nowhere", "push somewhere",
        "delete docs/notas.md README.md", "delete docs/notas.md, README.md", "commit it",
        "undo everything since monday",
        "borré docs/notas.md", "borró docs/notas.md", "eliminé docs/notas.md", "borro docs/notas.md ayer",
        "creé una rama llamada demo", "subió develop a origin", "Ada deleted docs/notas.md", "deleted docs/notas.md",
        "deletes docs/notas.md", "deleting docs/notas.md", "pushed develop to origin", "merged pull request 40",
        "cerró la issue 12", "cerro la issue 12", "fusionó el PR 40", "commits by Ada or Grace",
    ])
    func `changes nothing`(text: String) async {
        let read = await OfflinePlanner.fixture().explanation(of: text)
        #expect(!(read.writes && read.call != nil), "\(read.intent ?? "") \(read.slots)")
        #expect(!(read.writes && read.missing.isEmpty), "\(read.intent ?? "") \(read.slots)")
    }

    @Test(arguments: [
        ("DELETE DOCS/GUIDE.MD", "delete docs/guide.md"), ("delete guide.md", "delete docs/guide.md"),
        ("delete the readme", "delete the README.md"), ("delte docs/guide.md", "delete docs/guide.md"),
        ("switch to devlop", "switch to develop"), ("borra guide punto md", "borra docs/guide.md"),
    ])
    func `that is nearly an order is asked back`(text: String, meant: String) async {
        let read = await OfflinePlanner.fixture().explanation(of: text)
        #expect(read.call == nil && read.reason != nil)
        #expect(read.suggestions.map { $0.lowercased() } == [meant.lowercased()])
    }

    @Test func `that names two files of one name is a question back`() async {
        var names = FixtureNames()
        names.paths += ["app/config.json", "test/config.json"]
        let read = await OfflinePlanner.fixture(names).explanation(of: "delete config.json")
        #expect(read.call == nil)
        #expect(read.suggestions == ["delete app/config.json", "delete test/config.json"])
    }

    @Test(arguments: [("switch to from", "switch_branch"), ("commits on from", "log"), ("read all", "read_file")])
    func `may name what is a word of the grammar`(text: String, intent: String) async {
        var names = FixtureNames()
        names.names.branches.append("from")
        names.paths.append("all")
        let read = await OfflinePlanner.fixture(names).explanation(of: text)
        #expect(read.intent == intent && read.reason == nil)
    }

    @Test func `may name a person of one letter`() async {
        var names = FixtureNames()
        names.authors.append("A")
        let read = await OfflinePlanner.fixture(names).explanation(of: "commits by A")
        #expect(read.intent == "log" && read.slots["author"] == "A")
    }
}
