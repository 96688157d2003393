/// One word as a POSIX shell writes and reads it.
package enum ShellWord {
    /// In single quotes, whatever it holds.
    package static func quoted(_ text: String) -> String {
        "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }

    /// Reads plain characters and single quotes, which is what ``quoted(_:)`` and the delivered scripts write.
    ///
    /// - Returns: The word and where it ends; nil for quotes that do not close.
    static func read(_ bytes: ArraySlice<UInt8>) -> (word: String, end: Int)? {
        let quote = UInt8(ascii: "'")
        var word: [UInt8] = []
        var isQuoted = false
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let byte = bytes[index]
            if byte == quote {
                isQuoted.toggle()
            } else if isQuoted {
                word.append(byte)
            } else if byte == UInt8(ascii: "\\"), index + 1 < bytes.endIndex {
                index += 1
                word.append(bytes[index])
            } else if byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\t") {
                break
            } else {
                word.append(byte)
            }
            index += 1
        }
        return isQuoted ? nil : (String(decoding: word, as: UTF8.self), index)
    }
}
