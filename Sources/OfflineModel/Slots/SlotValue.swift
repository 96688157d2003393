/// What fills a slot of a sentence.
struct SlotValue: Sendable, Hashable {
    enum Content: Sendable, Hashable {
        case text(String)
        case number(Int)
        case flag(Bool)
        case days(DayPhrase)
    }

    var content: Content
    /// As it was said.
    var said: String
    var fit = NameFit.exact
    /// What else it may stand for, it among them.
    var others: [String] = []
    /// The whole name of a person.
    var whole: String?
    /// A directory of the repository.
    var isDirectory = false
    /// It was not in quotes, so that it may have taken more than was meant.
    var isFree = false

    init(_ content: Content, said: String) {
        self.content = content
        self.said = said
    }

    init(_ constant: SlotConstant) {
        content =
            switch constant {
            case .text(let text): .text(text)
            case .number(let number): .number(number)
            case .flag(let flag): .flag(flag)
            }
        said = ""
    }

    var text: String? {
        if case .text(let text) = content { text } else { nil }
    }

    var number: Int? {
        if case .number(let number) = content { number } else { nil }
    }

    var flag: Bool? {
        if case .flag(let flag) = content { flag } else { nil }
    }

    var days: DayPhrase? {
        if case .days(let days) = content { days } else { nil }
    }
}
