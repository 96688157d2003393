internal import Concurrency
internal import Glibc

/// What is awaited of a socket.
struct SocketEvents: OptionSet {
    let rawValue: Int16

    static let read = SocketEvents(rawValue: Int16(POLLIN))
    static let write = SocketEvents(rawValue: Int16(POLLOUT))
}

/// Blocks in poll(2) until the socket is ready, the other descriptor is readable (-1: there is none) or the
/// deadline has come (nil: never). True when one of the two is ready.
func isReady(
    socket: Int32, for events: SocketEvents, orWokenBy waker: Int32, until deadline: ContinuousClock.Instant?
) -> Bool {
    var descriptors = [
        pollfd(fd: waker, events: Int16(POLLIN), revents: 0),
        // Asked for nothing, a socket that hung up would still wake us at once: poll(2) ignores -1.
        pollfd(fd: events.isEmpty ? -1 : socket, events: events.rawValue, revents: 0),
    ]
    let timeout = deadline.map(milliseconds(until:)) ?? -1
    return unsafe poll(&descriptors, UInt(descriptors.count), timeout) > 0
}

/// Until the deadline has passed; at most a quarter of an hour.
private func milliseconds(until deadline: ContinuousClock.Instant) -> Int32 {
    Int32(min((deadline - .now).millisecondsToWait, 900_000))
}
