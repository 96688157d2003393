import JSON
import Testing

@testable import OfflineModel

struct `The corpus of requests` {
    /// How many of each language and kind were read as they must be.
    private struct Tally {
        var right: [String: Int] = [:]
        var all: [String: Int] = [:]
        var wrong: [String] = []

        mutating func count(_ request: RequestCase, isRight: Bool, _ said: RequestExplanation) {
            let key = "\(request.language) \(request.kind)"
            all[key, default: 0] += 1
            if isRight {
                right[key, default: 0] += 1
            } else {
                wrong.append("\(request) -> \(said.intent ?? "nothing") \(said.slots) \(said.missing)")
            }
        }

        func show(_ title: String) {
            print("\(title):")
            for (key, count) in all.sorted(by: { $0.key < $1.key }) {
                print("  \(key): \(right[key, default: 0]) of \(count)")
            }
            for line in wrong { print("  wrong: \(line)") }
        }
    }

    @Test(arguments: ["public", "grown"])
    func `is read rightly, and nothing is done that must not be`(file: String) async throws {
        var (positive, silent) = (Tally(), Tally())
        for request in try RequestCase.all(in: file) {
            let read = await OfflinePlanner.fixture().explanation(of: request.text)
            if request.intent == nil {
                silent.count(request, isRight: !read.isUnderstood, read)
            } else {
                positive.count(request, isRight: Self.isRight(read, request), read)
            }
        }
        positive.show("\(file), what should work")
        silent.show("\(file), what must not act (right: nothing is done)")
        #expect(silent.wrong.isEmpty)
        let (right, all) = (positive.right.values.reduce(0, +), positive.all.values.reduce(0, +))
        #expect(Double(right) >= 0.97 * Double(all), "\(right) of \(all)")
    }

    private static func isRight(_ read: RequestExplanation, _ request: RequestCase) -> Bool {
        guard read.intent == request.intent, read.missing == request.missing else { return false }
        guard request.missing.isEmpty else { return true }
        guard Set(read.slots.keys) == Set(request.slots.keys) else { return false }
        return request.slots.allSatisfy { name, wanted in
            guard ["topic", "question"].contains(name), let words = wanted.string else {
                return read.slots[name] == wanted
            }
            return read.slots[name]?.string?.lowercased().contains(words.lowercased()) ?? false
        }
    }
}
