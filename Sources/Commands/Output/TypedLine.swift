internal import Files
internal import Glibc

/// What a person typed on the terminal in answer to a question.
enum TypedLine {
    case line(String)
    /// More than one line at once.
    case paste
    /// The input ended, or the run was interrupted.
    case nothing

    private static let mostBytes = 4096
    /// Nobody has read a question and answered it in this time, in milliseconds: what comes in it was on its way.
    private static let reaction: Int32 = 250
    /// So many times input that comes too early is thrown away, before there is no answer.
    private static let mostEarly = 40

    /// Throws away what was typed before, asks, and reads a line.
    static func read(isCancelled: () -> Bool, ask: () -> Void) -> TypedLine {
        discard()
        ask()
        var early = 0
        while OpenFile.standardInput.hasInput(within: reaction) {
            if isCancelled() || early == mostEarly || hasEnded() { return .nothing }
            discard()
            early += 1
        }
        var bytes: [UInt8] = []
        var byte: [UInt8] = [0]
        while bytes.count < mostBytes {
            let isReady = OpenFile.standardInput.hasInput(within: 100)
            if isCancelled() { return .nothing }
            guard isReady else { continue }
            guard (try? OpenFile.standardInput.read(into: &byte)) == 1 else { return .nothing }
            if byte[0] == UInt8(ascii: "\n") {
                // A person's next line does not come in the same moment.
                return OpenFile.standardInput.hasInput(within: 50)
                    ? .paste : .line(String(decoding: bytes, as: UTF8.self))
            }
            bytes += byte
        }
        return .paste
    }

    /// Also the part of a line whose end was not typed yet.
    private static func discard() { tcflush(STDIN_FILENO, TCIFLUSH) }

    /// A terminal that hung up is ready for ever.
    private static func hasEnded() -> Bool {
        var poll = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
        return Glibc.poll(&poll, 1, 0) == 1 && poll.revents & Int16(POLLHUP | POLLERR | POLLNVAL) != 0
    }
}
