internal import Files
internal import Glibc

/// A question to the person at the terminal that only what is typed after it answers.
enum TerminalQuestion {
    /// Only a word that means yes is one; the end of the input is none.
    static func isYes(_ question: String, on console: Console) -> Bool {
        // What was typed before the question does not count.
        tcflush(STDIN_FILENO, TCIFLUSH)
        console.prompt(question)
        var bytes: [UInt8] = []
        var byte: [UInt8] = [0]
        while bytes.count < 64, (try? OpenFile.standardInput.read(into: &byte)) == 1, byte[0] != UInt8(ascii: "\n") {
            bytes += byte
        }
        return ["y", "yes", "s", "si", "sí"].contains(String(decoding: bytes, as: UTF8.self).lowercased())
    }
}
