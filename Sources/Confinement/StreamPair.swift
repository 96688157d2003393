internal import CLinux
internal import Files
internal import Glibc

/// A pipe: what a child writes into its end is read from the file.
struct Pipe {
    let file: OpenFile
    private(set) var writing: OpenFile?

    /// The child's end.
    var end: OpenFile { writing ?? file }

    init?() {
        var numbers: (Int32, Int32) = (-1, -1)
        let code = unsafe withUnsafeMutablePointer(to: &numbers) {
            unsafe $0.withMemoryRebound(to: Int32.self, capacity: 2) { unsafe vocero_pipe($0) }
        }
        guard code == 0 else { return nil }
        file = OpenFile(owning: numbers.0, path: "a pipe")
        writing = OpenFile(owning: numbers.1, path: "a pipe")
    }

    /// Else there would be no end of it.
    mutating func closeEnd() { writing = nil }
}

/// Reads both streams of a child as they come.
struct StreamPair {
    enum Ending { case atEnd, tooLong, tooSlow }

    private let files: [OpenFile]
    private let limit: Int
    private(set) var output: [UInt8] = []
    private(set) var complaint: [UInt8] = []

    private static let complaintLimit = 64 << 10

    init(_ output: OpenFile, _ complaint: OpenFile, limit: Int) {
        files = [output, complaint]
        self.limit = limit
    }

    mutating func read(until end: ContinuousClock.Instant) -> Ending {
        var slots = files.map { pollfd(fd: $0.number, events: Int16(POLLIN), revents: 0) }
        var block = [UInt8](repeating: 0, count: 64 << 10)
        while slots.contains(where: { $0.fd >= 0 }) {
            let left = ContinuousClock.now.duration(to: end)
            guard left > .zero else { return .tooSlow }
            let milliseconds = Int32(clamping: left.components.seconds * 1_000 + 1)
            let count = unsafe poll(&slots, UInt(slots.count), milliseconds)
            if count < 0 && errno != EINTR { return .tooSlow }
            guard count > 0 else { continue }
            for index in slots.indices where slots[index].revents != 0 {
                let count = (try? files[index].read(into: &block)) ?? 0
                if count == 0 { slots[index].fd = -1 }
                if index == 0 { output += block[..<count] } else { add(block[..<count]) }
                if output.count > limit { return .tooLong }
            }
        }
        return .atEnd
    }

    private mutating func add(_ bytes: ArraySlice<UInt8>) {
        complaint += bytes.prefix(Self.complaintLimit - complaint.count)
    }
}
