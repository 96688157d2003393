internal import Glibc

/// What the process ends with (DESIGN section 7).
enum ExitStatus: Int32, Sendable {
    case done = 0
    case failed = 1
    case approvalNeeded = 3
    case outcomeUnknown = 4
    case storeUnavailable = 5
    case limitReached = 6
    case noSpeech = 7
    case notUnderstood = 8
    case usage = 64
    case badInput = 65
    case noInput = 66
    case endpointUnavailable = 69
    case configuration = 78
    case hungUp = 129
    case interrupted = 130
    case terminated = 143

    /// Of a command that a signal has interrupted: 128 and its number.
    init(signal: Int32) { self = signal == SIGHUP ? .hungUp : signal == SIGTERM ? .terminated : .interrupted }
}
