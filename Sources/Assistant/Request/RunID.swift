package import FoundationEssentials

/// Identifiers are made here and not by the store, so that a turn has its name before it is stored and keeps
/// it in the spool. Version 7 (RFC 9562): 48 bits of milliseconds, then random bits, so they sort by time.
package struct RunID: Sendable, Hashable, CustomStringConvertible {
    package let uuid: UUID

    package init(_ uuid: UUID) { self.uuid = uuid }

    package static func make(at date: Date = .now) -> RunID { RunID(UUID.timeOrdered(at: date)) }

    /// Lower-case UUID text.
    package var description: String { uuid.uuidString.lowercased() }
}

extension UUID {
    /// A version 7 UUID of the given time.
    package static func timeOrdered(at date: Date = .now) -> UUID {
        var generator = SystemRandomNumberGenerator()
        let milliseconds = UInt64(max(0, date.timeIntervalSince1970 * 1000))
        let high = milliseconds << 16 | 0x7000 | UInt64.random(in: 0...0xfff, using: &generator)
        let low = 0x8000_0000_0000_0000 | UInt64.random(in: 0...0x3fff_ffff_ffff_ffff, using: &generator)
        func byte(_ word: UInt64, _ index: Int) -> UInt8 { UInt8(truncatingIfNeeded: word >> UInt64(56 - 8 * index)) }
        return UUID(
            uuid: (
                byte(high, 0), byte(high, 1), byte(high, 2), byte(high, 3), byte(high, 4), byte(high, 5),
                byte(high, 6), byte(high, 7), byte(low, 0), byte(low, 1), byte(low, 2), byte(low, 3),
                byte(low, 4), byte(low, 5), byte(low, 6), byte(low, 7)
            ))
    }
}
