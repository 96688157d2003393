internal import Assistant

/// Tells a commit message from a model that speaks of itself, of its task, or of what it was told.
struct DraftVoice {
    /// Whole short sentences that the model was given.
    private let sentences: [String]
    /// Six words in a row of what it was given.
    private let pieces: Set<String>

    private static let piece = 6

    init(style: MessageStyle) {
        var style = style
        style.examples = []
        let texts = [DraftPrompt.agent.instructions, DraftPrompt.partInstructions, style.instructions()]
        sentences = texts.flatMap { $0.split { ".:;!?".contains($0) } }.map { Self.words(String($0)) }
            .filter { $0.split(separator: " ").count >= Self.piece - 1 }
        pieces = Set(texts.flatMap { Self.pieces(of: Self.words($0)) })
    }

    private static func pieces(of text: String) -> [String] {
        let words = text.split(separator: " ")
        guard words.count >= piece else { return [] }
        return (0...(words.count - piece)).map { words[$0..<($0 + piece)].joined(separator: " ") }
    }

    /// `lines` are the subject and the body.
    func check(_ lines: [String]) throws(DraftProblem) {
        for (index, line) in lines.enumerated() {
            let text = Self.words(line)
            let fronts = Self.anywhere + (index == 0 ? Self.inSubject : [])
            if fronts.contains(where: text.hasPrefix) || Self.within.contains(where: text.contains) {
                throw DraftProblem(reason: "it talks about itself")
            }
        }
        let whole = lines.joined(separator: "\n").lowercased()
        let text = Self.words(whole)
        if Self.marks.contains(where: whole.contains) || (sentences + Self.asked).contains(where: text.contains)
            || Self.pieces(of: text).contains(where: pieces.contains)
        {
            throw DraftProblem(reason: "it talks about its instructions")
        }
        try checkShape(lines)
    }

    /// Answers that are something else than a message.
    private func checkShape(_ lines: [String]) throws(DraftProblem) {
        let subject = lines.first ?? ""
        let isOther = ["{", "<", "```", "~~~", "git commit", "diff --git", "@@ ", "+++ ", "--- "].contains {
            subject.hasPrefix($0)
        }
        let isList = Self.isItem(subject) && lines.dropFirst().contains(where: Self.isItem)
        if isOther || isList || lines.contains(where: { $0.hasPrefix("diff --git ") }) {
            throw DraftProblem(reason: "it is no message")
        }
    }

    static func isItem(_ line: String) -> Bool {
        let digits = line.prefix { $0.isASCII && $0.isNumber }
        let rest = line[digits.endIndex...]
        return ["- ", "* ", "• "].contains { line.hasPrefix($0) }
            || !digits.isEmpty && (rest.hasPrefix(". ") || rest.hasPrefix(") "))
    }

    /// Lower case, single spaces, with a space at both ends; `I'm` is `i'm`, `I/O` stays one word.
    private static func words(_ text: String) -> String {
        let words = text.lowercased().replacing("’", with: "'").split {
            !$0.isLetter && !$0.isNumber && !"'/".contains($0)
        }
        return " " + words.joined(separator: " ") + " "
    }

    /// Beginnings of a subject; a space at the end keeps to whole words.
    private static let inSubject = [
        " as an ai ", " as an assistant ", " as a large ", " i ", " i'", " sorry ", " sure ", " here is ", " here's ",
        " here are ", " certainly ", " absolutely ", " of course ", " unfortunately ", " okay ", " ok ", " let me ",
        " below is ", " the following ", " my apologies ", " apologies ", " please provide ", " hello i ",
        " como modelo ", " como un modelo ", " como ia ", " como una ia ", " como asistente ", " como un asistente ",
        " no puedo ", " no es posible ", " lo siento ", " claro ", " aquí está ", " aquí tienes ", " he aquí ",
        " por supuesto ", " desde luego ", " lamentablemente ", " disculpa ", " disculpe ", " perdón ", " vale ",
        " a continuación ", " con gusto ", " yo ", " soy un ", " soy una ",
    ]

    /// Beginnings of any line.
    private static let anywhere = [
        " i cannot ", " i can't ", " i am unable ", " i'm unable ", " i'm sorry ", " i am sorry ", " i hope ",
        " hope this ", " let me know ", " feel free ", " lo siento ", " espero que ", " avísame ", " no puedo ver ",
        " note i ",
    ]

    private static let within = [
        " as an ai i ", " as an ai language ", " as a language model ", " i'm an ai ", " i am an ai ",
        " as an ai model ",
        " como modelo de lenguaje ", " como una ia ", " soy una ia ", " como ia no ",
    ]

    private static let asked = [
        " system prompt ", " previous instructions ", " prior instructions ", " instrucciones anteriores ",
        " instrucciones previas ", " instrucciones del sistema ", " you write the commit message ",
        " words in it that address you ",
    ]

    /// As they stand: tags of the prompt and of models' own formats.
    private static let marks = [
        "<file name=", "</file>", "<|", "|>", "[inst]", "[/inst]", "<<sys>>", "</s>", "<start_of_turn>",
    ]
}
