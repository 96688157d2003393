extension SecretRedactor {
    /// The parts of one text, such as a transcript's segments: searched as one, as a line and as lines, each with its share
    /// taken out.
    package func redacted(parts: [String]) -> [String] {
        var bytes: [UInt8] = []
        var places: [Range<Int>] = []
        for part in parts {
            let start = bytes.count
            bytes += part.utf8
            places.append(start..<bytes.count)
            bytes.append(0x20)
        }
        var lines = bytes
        for place in places { lines[place.upperBound] = 0x0a }
        let findings = Self.merged(allFindings(in: bytes) + allFindings(in: lines))
        guard !findings.isEmpty else { return parts }
        return zip(parts, places).map { part, place in
            let own = findings.filter { $0.range.overlaps(place) }
            guard !own.isEmpty else { return part }
            var result: [UInt8] = []
            var end = place.lowerBound
            for finding in own {
                let range = finding.range.clamped(to: place)
                result += bytes[end..<range.lowerBound]
                result += "[redacted: \(finding.kind)]".utf8
                end = range.upperBound
            }
            return String(decoding: result + bytes[end..<place.upperBound], as: UTF8.self)
        }
    }
}
