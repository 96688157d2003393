import Foundation
import Testing

@testable import OfflineModel

/// Every write of the grammar as a question, a negation, a condition, a report and one of several orders.
struct `An order that is none` {
    static let english: [String: [String]] = [
        "question": [
            "{}?", "how do I {}?", "what happens if I {}?", "should I {}?", "can I {}?", "is it safe to {}?",
            "did anyone {}?", "why would I {}", "what does {} do", "when should I {}", "what if you {}", "who can {}",
            "has Grace {}?", "was it you who {}?", "would it be ok to {}?",
        ],
        "negation": [
            "do not {}", "don't {}", "please don't {}", "never {}", "no need to {}", "I don't want you to {}",
            "stop, don't {}", "do not {} yet", "instead of that {}", "without asking {}",
        ],
        "condition": [
            "if the tests pass, {}", "{} if the tests pass", "{} once Ada approves", "{} when the build is green",
            "{} unless someone objects", "unless someone objects, {}", "{} as soon as CI finishes",
            "in case of conflicts {}", "only {} if nothing else changed", "{} after the meeting",
        ],
        "report": [
            "I already {}", "yesterday I {}", "Ada said: {}", "Grace wanted to {}", "we {} every day",
            "you told me to {}", "I think we {}", "someone will {}", "they {}",
        ],
        "several": [
            "{} and push", "{} and then delete README.md", "{}, then switch to develop", "{}; delete README.md",
            "{} or not", "either {} or push", "{} then undo it", "{} and merge PR 40", "{}. Push",
        ],
    ]
    static let spanish: [String: [String]] = [
        "question": [
            "{}?", "¿{}?", "¿cómo {}?", "¿qué pasa si {}?", "¿debería {}?", "¿puedo {}?", "¿se puede {}?",
            "¿es seguro {}?", "¿alguien {}?", "¿por qué {}?", "¿y si {}?", "quién {}",
        ],
        "negation": [
            "no {}", "por favor no {}", "nunca {}", "no quiero que {}", "ni se te ocurra {}", "todavía no {}",
            "no hace falta {}", "jamás {}", "sin preguntar {}", "en vez de eso {}",
        ],
        "condition": [
            "si pasan los tests, {}", "{} si pasan los tests", "{} cuando Ada lo apruebe", "{} en cuanto termine el CI",
            "a menos que alguien se oponga, {}", "{} a menos que falle", "en caso de conflicto {}",
            "solo {} si no cambió nada", "{} después de la reunión", "y si {}",
        ],
        "report": [
            "yo {} ayer", "Ada {}", "Grace dijo: {}", "él {}", "nosotros {} siempre", "me dijeron que {}",
            "creo que Ada {}", "alguien {}", "ya {} ayer",
        ],
        "several": [
            "{} y haz push", "{} y luego borra README.md", "{}, después cambia a develop", "{}; elimina README.md",
            "{} o no", "{} y fusiona el PR 40", "o {} o haz push", "{} y deshazlo", "{}. Haz push",
        ],
    ]

    /// The examples of the grammar's writes, and other wordings of each.
    private static func orders(_ grammar: Grammar, file: [RequestCase]) -> [String] {
        let examples = grammar.intents.filter(\.writes).flatMap(\.examples).map {
            SlotFiller.fill($0, OfflineWording.placeholder)
        }
        let writes = Set(grammar.intents.filter(\.writes).map(\.name))
        let others = file.filter {
            $0.language == grammar.language && writes.contains($0.intent ?? "") && $0.missing.isEmpty
        }
        .filter { !$0.text.contains("?") }.map(\.text)
        // An order that is worded as a polite question stays one.
        return (examples + others).filter { !$0.hasPrefix("can you ") && !$0.hasPrefix("puedes ") }
    }

    @Test func `is never followed`() async throws {
        let corpus = try RequestCase.all(in: "public") + RequestCase.all(in: "grown")
        let planner = OfflinePlanner.fixture()
        let everything = ProcessInfo.processInfo.environment["VOCERO_CROSS_ALL"] == "1"
        var (tried, followed) = ([String: Int](), [String]())
        for (grammar, frames) in [(Grammars.english, Self.english), (Grammars.spanish, Self.spanish)] {
            for (number, order) in Self.orders(grammar, file: corpus).enumerated() {
                for (kind, templates) in frames.sorted(by: { $0.key < $1.key }) {
                    // A third of them, another for each order; all of them take minutes.
                    for (index, template) in templates.enumerated() where everything || (index + number) % 3 == 0 {
                        let text = SlotFiller.fill(template) { _ in order }
                        tried["\(grammar.language) \(kind)", default: 0] += 1
                        let read = await planner.explanation(of: text)
                        if read.isUnderstood && read.writes { followed.append(text) }
                    }
                }
            }
        }
        for (key, count) in tried.sorted(by: { $0.key < $1.key }) { print("\(key): \(count) tried") }
        print("\(tried.values.reduce(0, +)) orders that are none, followed \(followed.count)")
        for text in followed { print("  followed: \(text)") }
        #expect(followed.isEmpty)
        #expect(tried.values.reduce(0, +) >= 2_000)
    }
}
