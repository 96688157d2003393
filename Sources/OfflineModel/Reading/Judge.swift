internal import FoundationEssentials

/// Decides whether a reading is followed: reads also where a name is nearly right, writes only as they are said.
struct Judge {
    let now: Date
    let calendar: UserCalendar

    func verdict(on understanding: Understanding) -> Verdict {
        switch understanding {
        case .none(let doubt, let near):
            return .refuse(
                Doubtful(reason: .notUnderstood(doubt), reading: near, meant: near.map { meant(by: $0, doubt) } ?? []))
        case .unclear(let readings):
            return .refuse(
                Doubtful(reason: .unclear, reading: nil, meant: readings.map { SlotFiller.sentence(for: $0) }))
        case .reading(let reading): return verdict(on: reading)
        }
    }

    private func verdict(on reading: Reading) -> Verdict {
        func refuse(_ reason: Doubtful.Reason, _ meant: [String] = []) -> Verdict {
            .refuse(Doubtful(reason: reason, reading: reading, meant: meant))
        }
        if let piece = reading.intent.later, reading.missing.isEmpty { return refuse(.later(piece)) }
        if let (slot, value) = reading.unclearNames.min(by: { $0.key < $1.key }) {
            return refuse(.unclear, value.others.map { reading.corrected([slot: $0]) })
        }
        if !reading.missing.isEmpty { return refuse(.missing(reading.missing)) }
        if let said = reading.impossibleDay(now: now, in: calendar) { return refuse(.impossibleDay(said)) }
        if reading.intent.writes, !reading.isExact { return refuse(.unsure, [reading.corrected()]) }
        for slot in ["author", "branch", "into"] {
            if let value = reading.slots[slot], value.fit == .unknown {
                return refuse(.unknownName(slot: slot, said: value.said))
            }
        }
        return .follow(reading)
    }

    private func meant(by reading: Reading, _ doubt: Doubt) -> [String] {
        switch doubt {
        case .question: return [reading.corrected()]
        case .unquoted(let slot):
            guard let place = reading.places[slot], let text = reading.slots[slot]?.text else { return [] }
            var words = reading.tokens[reading.sentence.lowerBound..<place.lowerBound].map(\.written)
            words.append("\"\(text)\"")
            words += reading.tokens[place.upperBound..<max(place.upperBound, reading.sentence.upperBound)].map(
                \.written)
            return [words.joined(separator: " ")]
        case .notASentence, .several, .strayCharacters, .tooLong: return []
        }
    }
}
