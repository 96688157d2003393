import Testing

@testable import OfflineModel

struct `A grammar` {
    @Test(arguments: [Grammars.english, Grammars.spanish].map(\.language))
    func `reads each of its examples as what it is an example of`(language: String) async throws {
        let grammar = language == "en" ? Grammars.english : Grammars.spanish
        for intent in grammar.intents {
            #expect(!intent.title.isEmpty && !intent.examples.isEmpty && !intent.sentences.isEmpty, "\(intent.name)")
            for example in intent.examples {
                let text = SlotFiller.fill(example, OfflineWording.placeholder)
                let read = await OfflinePlanner.fixture().explanation(of: text)
                #expect(read.intent == intent.name, "\(text)")
            }
        }
    }

    @Test func `has the same kinds of requests in each language`() {
        let (english, spanish) = (Grammars.english.intents, Grammars.spanish.intents)
        #expect(english.map(\.name) == spanish.map(\.name))
        #expect(english.map(\.writes) == spanish.map(\.writes))
        #expect(english.map { $0.later == nil } == spanish.map { $0.later == nil })
    }

    @Test func `has no rule that begins with itself`() {
        for grammar in Grammars.all {
            var beginnings = Beginnings(grammar)
            #expect(beginnings.check() == nil)
        }
    }

    @Test(arguments: [
        ("intent x reads\n- a (b", "a bracket is not closed"),
        ("intent x reads\n- a b)", "there is a bracket too many"),
        ("intent x reads\n- <y>", "<y> is used and not defined"), ("- a", "this belongs below an intent"),
        ("intent x", "an intent is NAME reads or NAME writes"), ("<a> b", "a has no ="),
        ("<a> = b\n<a> = c", "a is there twice"), ("nonsense here", "nonsense is no statement"),
        ("number one", "one is not NAME=VALUE"), ("expand a b", "a b has no = in it"),
        ("intent x reads\n- a {b", "a < or { is not closed"),
    ])
    func `that is wrong says where and why`(text: String, reason: String) {
        let error = #expect(throws: GrammarError.self) { try GrammarReader.read(Array(text.utf8)) }
        #expect(error?.reason == reason)
    }

    @Test func `goes on with indented lines`() throws {
        let grammar = try GrammarReader.read(Array("# a comment\nintent x reads\n- a\n  b\n  [c]\n".utf8))
        #expect(grammar.words.map(\.written) == ["a", "b", "c"] && grammar.intents[0].sentences.count == 1)
    }
}
