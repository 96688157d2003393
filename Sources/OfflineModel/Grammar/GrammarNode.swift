/// A part of a sentence; others are named by their index in ``Grammar/nodes``.
enum GrammarNode: Sendable, Hashable {
    /// A word, by its index in ``Grammar/words``.
    case word(Int)
    /// So many parts, from this place of ``Grammar/parts`` on.
    case sequence(Int, count: Int)
    case choice(Int, count: Int)
    case optional(Int)
    /// A named rule, by its index in ``Grammar/rules``.
    case rule(Int)
    /// The others name a ``GrammarSlot`` by its index in ``Grammar/slots``. This one is filled by what is said.
    case slot(Int)
    /// Filled without a word being said.
    case constant(Int)
    /// Filled with a name that these words stand for: `the configuration file` for `config`.
    case alias(Int)
    /// What a sentence leaves open and has to be asked for.
    case missing(Int)
}

/// A slot as a sentence has it.
struct GrammarSlot: Sendable, Hashable {
    let name: String
    var type = SlotType.text
    /// Of a constant.
    var value = SlotConstant.flag(true)
    /// Of an alias.
    var alias = ""
}

/// What a sentence says without words.
enum SlotConstant: Sendable, Hashable {
    case text(String)
    case number(Int)
    case flag(Bool)

    init(_ written: String) {
        switch written {
        case "true": self = .flag(true)
        case "false": self = .flag(false)
        default: self = Int(written).map(SlotConstant.number) ?? .text(written)
        }
    }
}

/// What may fill a slot.
enum SlotType: Sendable, Hashable {
    /// Digits or words, from 1.
    case count
    /// A number of a line, an issue, a pull request; also `#12`.
    case number
    /// Somebody who committed here.
    case person
    /// A branch, a tag, a commit, `HEAD~2`.
    case ref
    case branch
    case tag
    case remote
    /// `A..B`, in one word.
    case range
    /// A file that there is.
    case path
    /// A file or a directory that there is.
    case place
    case directory
    /// A file that there will be: it looks like one.
    case newPath
    /// A file that there will be, named as such.
    case anyPath
    /// A branch or a tag that there will be.
    case newName
    /// The same behind a word such as `called`: any word will do.
    case anyName
    /// One word, in lower case.
    case word
    /// A part of a file's name that looks like one: it has a dot, or there is such a file.
    case fileName
    /// Anything: in quotes as it is, else the words as they were written.
    case text
    /// The same where it is not in quotes and cannot be told from the words around it but by its place.
    case quoted
    /// Words with one among them that speaks of code, or that this repository knows.
    case code
    /// `2026-01-31`, `2026-01`, `31/1/2026`.
    case writtenDay
    /// Four digits.
    case year
    /// What the grammar itself describes (`{date} = …`), by the index of its rule.
    case described(Int)
}
