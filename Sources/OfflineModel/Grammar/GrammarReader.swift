/// Reads a grammar file. Its notation is explained at the head of `en.grammar`.
struct GrammarReader {
    private let bytes: [UInt8]
    private var builder: GrammarBuilder
    private var line = 0

    /// - Throws: ``GrammarError`` for what the notation does not have, or a rule that is missing.
    static func read(_ bytes: [UInt8]) throws(GrammarError) -> Grammar {
        var reader = GrammarReader(bytes)
        for statement in GrammarLines.statements(of: bytes) {
            reader.line = statement.line
            try reader.read(statement)
        }
        return try reader.finished()
    }

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
        builder = GrammarBuilder(bytes)
    }

    private mutating func read(_ statement: GrammarLines.Statement) throws(GrammarError) {
        let rest = statement.rest
        switch bytes[statement.keyword.lowerBound] {
        case UInt8(ascii: "-"): try addSentence(rest)
        case UInt8(ascii: "<"): try define(builder.text(statement.keyword.dropFirst().dropLast()), rest)
        case UInt8(ascii: "{"): try define(builder.text(statement.keyword.dropLast()), rest)
        default: try readNamed(builder.text(statement.keyword), rest)
        }
    }

    private mutating func readNamed(_ keyword: String, _ rest: Range<Int>) throws(GrammarError) {
        switch keyword {
        case "intent": try addIntent(line(rest))
        case "title":
            let text = line(rest)
            try change { $0.title = text }
        case "example":
            let text = line(rest)
            try change { $0.examples.append(text) }
        case "head": builder.grammar.head = try node(rest)
        case "asking": builder.grammar.asking = try node(rest)
        case "tail": builder.grammar.tail = try node(rest)
        default: try addList(keyword, line(rest))
        }
    }

    /// The words of a statement, with a space between them.
    private func line(_ range: Range<Int>) -> String {
        builder.text(range).split { $0 == " " || $0 == "\n" }.joined(separator: " ")
    }

    private mutating func addList(_ keyword: String, _ rest: String) throws(GrammarError) {
        let words = rest.split(separator: " ").map(String.init)
        switch keyword {
        case "language": builder.grammar.language = rest
        case "hint": builder.grammar.hint = rest
        case "anywhere": builder.grammar.anywhere.formUnion(words.map(Folding.folded))
        case "reserved": builder.grammar.reserved.formUnion(words.map(Folding.folded))
        case "guard": builder.grammar.guards.formUnion(words.map(Folding.folded))
        case "joiner": builder.grammar.joiners.formUnion(words.map(Folding.folded))
        case "verb": builder.grammar.verbs.formUnion(words.map(Folding.folded))
        case "code": builder.grammar.codeWords.formUnion(words.map(Folding.folded))
        case "joins-numbers": builder.grammar.numberJoiners.formUnion(words.map(Folding.folded))
        case "number":
            for (name, value) in try pairs(words) { builder.grammar.numbers[Folding.folded(name)] = Int(value) }
        case "spoken":
            for (name, value) in try pairs(words) { builder.grammar.spoken[Folding.folded(name)] = value }
        case "expand":
            let (short, long) = try sides(rest)
            builder.grammar.expansions[Folding.folded(short)] = long.split(separator: " ").map(String.init)
        case "slip":
            for (said, meant) in try pairs(words) {
                builder.grammar.slips[Folding.folded(said), default: []].append(meant)
            }
        case "list":
            let (name, list) = try sides(rest)
            builder.grammar.lists[name] = list.split(separator: " ").map(String.init)
        default: throw GrammarError(line: line, reason: "\(keyword) is no statement")
        }
    }

    private func pairs(_ words: [String]) throws(GrammarError) -> [(String, String)] {
        var pairs: [(String, String)] = []
        for word in words {
            guard let sign = word.firstIndex(of: "="), sign != word.startIndex else {
                throw GrammarError(line: line, reason: "\(word) is not NAME=VALUE")
            }
            pairs.append((String(word[..<sign]), String(word[word.index(after: sign)...])))
        }
        return pairs
    }

    private func sides(_ text: String) throws(GrammarError) -> (String, String) {
        let sides = text.split(separator: "=", maxSplits: 1).map { side in
            String(side.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        }
        guard sides.count == 2 else { throw GrammarError(line: line, reason: "\(text) has no = in it") }
        return (sides[0], sides[1])
    }

    private mutating func addIntent(_ text: String) throws(GrammarError) {
        let words = text.split(separator: " ", maxSplits: 3).map(String.init)
        guard words.count >= 2, words[1] == "reads" || words[1] == "writes" else {
            throw GrammarError(line: line, reason: "an intent is NAME reads or NAME writes")
        }
        var intent = Grammar.Intent(name: words[0], writes: words[1] == "writes")
        if words.count == 4, words[2] == "later" { intent.later = words[3].filter { $0 != "\"" } }
        builder.grammar.intents.append(intent)
    }

    private mutating func change(_ body: (inout Grammar.Intent) -> Void) throws(GrammarError) {
        guard let last = builder.grammar.intents.indices.last else {
            throw GrammarError(line: line, reason: "this belongs below an intent")
        }
        body(&builder.grammar.intents[last])
    }

    private mutating func addSentence(_ range: Range<Int>) throws(GrammarError) {
        let node = try node(range)
        try change { $0.sentences.append(node) }
    }

    private mutating func define(_ name: String, _ range: Range<Int>) throws(GrammarError) {
        guard let sign = bytes[range].firstIndex(of: UInt8(ascii: "=")),
            bytes[range.lowerBound..<sign].allSatisfy({ $0 == UInt8(ascii: " ") })
        else { throw GrammarError(line: line, reason: "\(name) has no =") }
        let node = try node((sign + 1)..<range.upperBound)
        let index = builder.ruleIndex(name)
        guard builder.grammar.rules[index].node < 0 else {
            throw GrammarError(line: line, reason: "\(name) is there twice")
        }
        builder.grammar.rules[index].node = node
    }

    private mutating func node(_ range: Range<Int>) throws(GrammarError) -> Int {
        do throws(PatternError) {
            return try PatternReader.read(range, of: bytes, into: &builder)
        } catch {
            throw GrammarError(line: line, reason: error.reason)
        }
    }

    private func finished() throws(GrammarError) -> Grammar {
        var grammar = builder.grammar
        if let missing = grammar.rules.first(where: { $0.node < 0 }) {
            throw GrammarError(line: line, reason: "<\(missing.name)> is used and not defined")
        }
        var beginnings = Beginnings(grammar)
        grammar.beginnings = beginnings.ofSentences()
        return grammar
    }
}

extension SlotType {
    private static let named: [String: SlotType] = [
        "count": .count, "number": .number, "person": .person, "ref": .ref, "branch": .branch, "tag": .tag,
        "remote": .remote, "range": .range, "path": .path, "place": .place, "directory": .directory,
        "newpath": .newPath, "anypath": .anyPath, "newname": .newName, "anyname": .anyName, "word": .word,
        "filename": .fileName, "text": .text, "quoted": .quoted, "code": .code, "isoday": .writtenDay, "year": .year,
    ]

    init?(name: String) {
        guard let type = Self.named[name] else { return nil }
        self = type
    }
}
