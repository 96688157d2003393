package import BatchQueue
internal import Counting

/// How far a batch is. A value: the time is given to it.
package struct BatchProgress: Sendable {
    package private(set) var counts: [BatchItemState: Int] = [:]
    package private(set) var tokens = 0
    /// In US dollars.
    package private(set) var cost = 0.0
    /// Things in the input that are no prompts.
    package private(set) var problems = 0
    /// There may come more items.
    package private(set) var isReading = true
    /// The names of this worker's items, the longest begun first.
    package private(set) var current: [String] = []
    /// Who work on it, this one included.
    package internal(set) var workers = 1
    package let begun: ContinuousClock.Instant
    /// Items that had ended, and when: no more than a few a second are kept.
    private var samples: [(at: ContinuousClock.Instant, ended: Int)] = []

    private static let window = Duration.seconds(30)
    private static let interval = Duration.milliseconds(250)

    package init(at begun: ContinuousClock.Instant) { self.begun = begun }

    package subscript(state: BatchItemState) -> Int { counts[state] ?? 0 }
    package var total: Int { counts.values.reduce(0, +) }
    package var ended: Int { counts.reduce(0) { $1.key.isFinal ? $0 + $1.value : $0 } }

    /// What the database says, of all workers.
    package mutating func update(_ status: BatchStatus, at now: ContinuousClock.Instant) {
        update(
            counts: status.counts, tokens: status.inputTokens.adding(saturating: status.outputTokens),
            cost: status.spent,
            isReading: status.isReading, at: now)
    }

    package mutating func update(
        counts: [BatchItemState: Int], tokens: Int, cost: Double, isReading: Bool, at now: ContinuousClock.Instant
    ) {
        self.counts = counts
        self.tokens = tokens
        self.cost = cost
        self.isReading = isReading
        // Items were put back: what was counted before says nothing of the rate.
        if let last = samples.last, last.ended > ended { samples = [] }
        // The last but one is the base: the last may still move.
        if samples.count > 1, let last = samples.last, now - samples[samples.count - 2].at < Self.interval {
            samples[samples.count - 1] = (max(last.at, now), ended)
        } else {
            samples.append((now, ended))
        }
        while samples.count > 2, now - samples[1].at >= Self.window { samples.removeFirst() }
    }

    package mutating func noteProblem() { problems += 1 }

    package mutating func started(_ name: String) { current.append(name) }

    package mutating func ended(_ name: String) {
        // By bytes: names that look alike are other names.
        if let index = current.firstIndex(where: { $0.utf8.elementsEqual(name.utf8) }) { current.remove(at: index) }
    }

    /// Items a second over the last 30 seconds; nil before there is a second to measure.
    package func rate(at now: ContinuousClock.Instant) -> Double? {
        guard let base = samples.last(where: { now - $0.at >= Self.window }) ?? samples.first else { return nil }
        let elapsed = now - base.at
        guard elapsed >= .seconds(1) else { return nil }
        return Double(max(0, ended - base.ended)) / (elapsed / .seconds(1))
    }

    /// Nil while it cannot be said: the input is still being read, or nothing has ended for a while.
    package func timeLeft(at now: ContinuousClock.Instant) -> Duration? {
        guard !isReading, let rate = rate(at: now), rate > 0 else { return nil }
        return .seconds(Double(total - ended) / rate)
    }

    /// One line of so many columns: what matters less is left out first.
    package func line(width: Int, at now: ContinuousClock.Instant) -> String {
        var line = "\(Figures.grouped(ended))/\(Figures.grouped(total))\(isReading ? "+" : "")"
        var parts = [countsText]
        if let left = timeLeft(at: now), ended < total { parts.append(Figures.time(left) + " left") }
        if cost > 0 { parts.append(Figures.dollars(cost)) }
        if let rate = rate(at: now) { parts.append(Figures.rate(rate)) }
        if tokens > 0 { parts.append(tokensText) }
        for part in parts where !part.isEmpty {
            let longer = line + "  " + part
            if SingleLine.columns(of: longer) <= width { line = longer }
        }
        let room = width - SingleLine.columns(of: line) - 2
        if room >= 8, !current.isEmpty { line += "  " + SingleLine.of(currentText, columns: room) }
        return SingleLine.of(line, columns: width)
    }

    /// For the end: `10 done, 1 failed, 2 parked, 1 not read; 12,345 tokens, $0.03, 4 s`.
    package func summary(at now: ContinuousClock.Instant) -> String {
        let unread = problems > 0 ? ", \(Figures.grouped(problems)) not read" : ""
        let money = cost > 0 ? Figures.dollars(cost) + ", " : ""
        return
            "\(countsText.isEmpty ? "nothing done" : countsText)\(unread); \(tokensText), \(money)\(Figures.time(now - begun))"
    }

    private var tokensText: String { "\(Figures.grouped(tokens)) token\(tokens == 1 ? "" : "s")" }

    private var countsText: String {
        let states: [BatchItemState] = [.done, .failed, .parked, .skipped]
        return states.filter { self[$0] > 0 || ($0 == .done && total > 0) }
            .map { "\(Figures.grouped(self[$0])) \($0.rawValue)" }.joined(separator: ", ")
    }

    private var currentText: String {
        let shown = current.prefix(3).map { SingleLine.of($0, columns: 40) }.joined(separator: ", ")
        return current.count > 3 ? "\(shown) and \(Figures.grouped(current.count - 3)) more" : shown
    }
}
