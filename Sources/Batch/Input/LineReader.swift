internal import Concurrency
internal import Files
internal import SystemPackage

/// Cuts what comes from a descriptor into lines, a block at a time. Holds one block and the line it has begun,
/// whatever the whole is.
final class LineReader {
    enum Line {
        /// From 1, without the line's end.
        case whole(Int, ArraySlice<UInt8>)
        case tooLong(Int)
    }

    enum Failure: Error {
        case interrupted
        case system(FileError)
    }

    static let longestLine = 4 << 20
    private static let blockSize = 1 << 16

    private let file: OpenFile
    private let stop: StopFlag
    private var block = [UInt8](repeating: 0, count: blockSize)
    private var unread = 0..<0
    private var begun: [UInt8] = []
    private var isTooLong = false
    private var isAtEnd = false
    private(set) var number = 0

    /// Whether the next line is here already, without waiting for more of it.
    var hasLine: Bool { isAtEnd || block[unread].contains(0x0a) }

    /// Whether nothing more is here yet.
    var isDry: Bool {
        if hasLine { return false }
        return !file.hasInput(within: 0)
    }

    init(_ file: OpenFile, stop: StopFlag) {
        self.file = file
        self.stop = stop
    }

    /// The next line; nil at the end. What follows the last line break is a line when it is not empty.
    func next() throws(Failure) -> Line? {
        while true {
            if let end = block[unread].firstIndex(of: 0x0a) {
                let rest = block[unread.lowerBound..<end]
                unread = end + 1..<unread.upperBound
                return line(endingIn: rest)
            }
            if isAtEnd { return begun.isEmpty && !isTooLong ? nil : line(endingIn: []) }
            begin(block[unread])
            try fill()
        }
    }

    private func line(endingIn rest: ArraySlice<UInt8>) -> Line {
        number += 1
        defer {
            begun.removeAll(keepingCapacity: begun.count <= Self.blockSize)
            isTooLong = false
        }
        if isTooLong || begun.count + rest.count > Self.longestLine { return .tooLong(number) }
        var line = begun.isEmpty ? rest : (begun + rest)[...]
        if number == 1, line.starts(with: PromptText.mark) { line = line.dropFirst(PromptText.mark.count) }
        if line.last == 0x0d { line = line.dropLast() }
        return .whole(number, line)
    }

    private func begin(_ rest: ArraySlice<UInt8>) {
        guard !isTooLong else { return }
        if begun.count + rest.count > Self.longestLine {
            isTooLong = true
            begun = []
        } else {
            begun += rest
        }
    }

    /// A pipe may never end, so it is looked whether somebody wants to stop, before each block and while none comes.
    private func fill() throws(Failure) {
        while true {
            if stop.isSet { throw .interrupted }
            guard file.hasInput(within: 100) else { continue }
            let count: Int
            do {
                count = try file.read(into: &block)
            } catch {
                if error.code == .resourceTemporarilyUnavailable { continue }
                throw .system(error)
            }
            unread = 0..<count
            isAtEnd = count == 0
            return
        }
    }
}
