internal import Settings

/// A request as it was understood.
struct Reading: Sendable, Hashable {
    /// A word that was taken for one of the grammar.
    struct Slip: Sendable, Hashable {
        let said: String
        let meant: String
        let token: Int
    }

    let language: Language
    let intent: Grammar.Intent
    var slots: [String: SlotValue]
    /// The slots that have to be asked for, in the order of the sentence.
    var missing: [String]
    var slips: [Slip]
    /// Which words of ``text`` filled which slot.
    var places: [String: Range<Int>]
    /// The words that were read; those that are politeness lie outside of ``sentence``.
    let tokens: [Token]
    let sentence: Range<Int>
    let cost: Int

    /// Two readings that do the same are one.
    func says(_ other: Reading) -> Bool {
        intent.name == other.intent.name && slots.mapValues(\.content) == other.slots.mapValues(\.content)
            && missing == other.missing
    }

    /// The names that were not said as they are, by slot.
    var looseNames: [String: SlotValue] { slots.filter { $0.value.fit == .loose || $0.value.fit == .near } }

    /// The names that may stand for several things.
    var unclearNames: [String: SlotValue] { slots.filter { $0.value.others.count > 1 } }

    /// It does just what was said, to what was said.
    var isExact: Bool { slips.isEmpty && looseNames.isEmpty && unclearNames.isEmpty }

    /// The request with words and names as they are meant.
    func corrected(_ names: [String: String] = [:]) -> String {
        var words: [String] = []
        var index = sentence.lowerBound
        while index < sentence.upperBound {
            let place = places.first { $0.value.lowerBound == index && !$0.value.isEmpty }
            if let place, let value = slots[place.key], value.fit != .exact || names[place.key] != nil {
                words.append(names[place.key] ?? value.text ?? value.said)
                index = place.value.upperBound
                continue
            }
            let token = tokens[index]
            if token.isQuoted {
                words.append("\"\(token.written)\"")
            } else if token.written == "'s", let last = words.popLast() {
                words.append(last + "'s")
            } else {
                words.append(slips.first { $0.token == index }?.meant ?? token.written)
            }
            index += 1
        }
        // Names that a sentence stands for without saying them.
        return words.joined(separator: " ")
    }
}
