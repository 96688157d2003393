// Numbers that a server, a model, a file, a database or a person gave may be any. Arithmetic on them stops at the ends of
// the type instead of ending the process.

extension FixedWidthInteger {
    /// The sum, or the end of the type's range that it lies beyond.
    package func adding(saturating other: Self) -> Self {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? (other < 0 ? .min : .max) : sum
    }

    /// The whole part of a number; the end of the type's range that it lies beyond, and 0 for what is no number.
    package init(saturating number: Double) {
        if let exact = Self(exactly: number.rounded(.towardZero)) {
            self = exact
        } else {
            self = number.isNaN ? 0 : number < 0 ? .min : .max
        }
    }
}

extension Sequence where Element: FixedWidthInteger {
    /// The sum, or the end of the type's range that it went beyond.
    package func saturatingSum() -> Element { reduce(0) { $0.adding(saturating: $1) } }
}
