/// Looks for whole words in what the model was shown.
struct DraftEvidence: Sendable {
    private let bytes: [UInt8]

    init(_ text: String) { bytes = Array(text.utf8) }

    /// Not as a piece of a longer word, name or host.
    func holds(_ word: String) -> Bool {
        let word = Array(word.utf8)
        guard let first = word.first, let last = word.last, word.count <= bytes.count else { return false }
        for start in 0...(bytes.count - word.count) where bytes[start] == first {
            let end = start + word.count
            guard bytes[start..<end].elementsEqual(word) else { continue }
            let isBegun = (isWord(first) || first == 0x40) && start > 0 && isWord(bytes[start - 1])
            if !isBegun && !(isWord(last) && goesOn(at: end)) { return true }
        }
        return false
    }

    private func goesOn(at index: Int) -> Bool {
        guard index < bytes.count else { return false }
        let isJoint = [0x2d, 0x2e].contains(bytes[index]) && index + 1 < bytes.count && isWord(bytes[index + 1])
        return isWord(bytes[index]) || isJoint
    }

    /// Letters of every script, digits and the underscore.
    private func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x5f, 0x80...: true
        default: false
        }
    }
}
