internal import FoundationEssentials

/// PostgreSQL counts microseconds from 2000-01-01, `Date` seconds from 2001-01-01, 366 days later.
private let microsecondsBetweenEpochs: Int64 = 366 * 86_400 * 1_000_000

/// From 4714-11-24 BC up to, not with, 294277-01-01, as the server has it.
private let serverRange: Range<Int64> = -211_813_488_000_000_000..<9_223_371_331_200_000_000

/// Rounded to the nearest microsecond.
func microseconds(_ date: Date) throws(EncodingRefusal) -> Int64 {
    let scaled = (date.timeIntervalSinceReferenceDate * 1_000_000).rounded()
    if let fromReference = Int64(exactly: scaled) {
        let (sum, overflow) = fromReference.addingReportingOverflow(microsecondsBetweenEpochs)
        if !overflow, serverRange.contains(sum) { return sum }
    }
    throw EncodingRefusal("the date is outside the years that PostgreSQL knows")
}

/// Nil for the server's `infinity` and `-infinity`.
func date(microseconds: Int64) -> Date? {
    guard serverRange.contains(microseconds) else { return nil }
    return Date(timeIntervalSinceReferenceDate: Double(microseconds - microsecondsBetweenEpochs) / 1_000_000)
}
