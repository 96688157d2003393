/// Numbers and times as a person reads them.
package enum Figures {
    /// With commas: `12,345`.
    package static func grouped(_ number: Int) -> String {
        let digits = Array(String(number.magnitude))
        var text = number < 0 ? "-" : ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { text += "," }
            text.append(digit)
        }
        return text
    }

    /// Without an exponent and without needless zeros.
    static func decimal(_ number: Double, places: Int) -> String {
        var (whole, digits, sign) = fixed(number, places: places)
        while digits.last == "0" { digits.removeLast() }
        if digits.isEmpty, whole == "0" { sign = "" }
        return sign + whole + (digits.isEmpty ? "" : "." + digits)
    }

    /// Dollars: cents, or as many places as the first two digits need.
    package static func dollars(_ amount: Double) -> String {
        var places = 2
        while amount > 0, places < 6, amount * power(places) < 9.95 { places += 1 }
        let usedPlaces = amount == 0 || amount >= 0.00995 ? 2 : places
        let (whole, digits, sign) = fixed(amount, places: usedPlaces)
        return "\(sign)$\(whole == "0" || whole.count < 4 ? whole : grouped(Int(whole) ?? 0)).\(digits)"
    }

    /// `4 s`, `2 min 5 s`, `3 h 7 min`, `2 d 3 h`.
    static func time(_ duration: Duration) -> String {
        let seconds = max(
            0, Int(duration.components.seconds) + (duration.components.attoseconds >= 500_000_000_000_000_000 ? 1 : 0))
        return switch seconds {
        case ..<60: "\(seconds) s"
        case ..<3600: "\(seconds / 60) min" + (seconds % 60 == 0 ? "" : " \(seconds % 60) s")
        case ..<86_400: "\(seconds / 3600) h" + (seconds % 3600 < 60 ? "" : " \(seconds % 3600 / 60) min")
        default: "\(seconds / 86_400) d" + (seconds % 86_400 < 3600 ? "" : " \(seconds % 86_400 / 3600) h")
        }
    }

    /// Items a second: `3.2/s`, or a minute where that says more.
    static func rate(_ perSecond: Double) -> String {
        switch perSecond {
        case 100...: grouped(Int(perSecond.rounded())) + "/s"
        case 1...: decimal(perSecond, places: 1) + "/s"
        default: decimal(perSecond * 60, places: 1) + "/min"
        }
    }

    private static func power(_ places: Int) -> Double { (0..<places).reduce(1.0) { power, _ in power * 10 } }

    private static func fixed(_ number: Double, places: Int) -> (whole: String, digits: String, sign: String) {
        let scaled = (number.magnitude * power(places)).rounded()
        guard scaled.isFinite, scaled < 9e18 else { return ("\(number.magnitude)", "", number < 0 ? "-" : "") }
        let text = String(Int(scaled))
        let padded = String(repeating: "0", count: max(0, places + 1 - text.count)) + text
        return (String(padded.dropLast(places)), String(padded.suffix(places)), number < 0 ? "-" : "")
    }
}
