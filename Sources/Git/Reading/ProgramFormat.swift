internal import FoundationEssentials

extension GitProgram.Output {
    /// What NUL characters end.
    var records: [String] {
        bytes.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    }
}

/// Reads the formats that this module asks the git program for.
enum ProgramFormat {
    static func fields(_ record: String, maxSplits: Int = .max) -> [String] {
        record.split(separator: "\u{1f}", maxSplits: maxSplits, omittingEmptySubsequences: false).map { String($0) }
    }

    static func commit(_ record: String) -> Commit? {
        let fields = fields(record, maxSplits: 9)
        guard fields.count == 10, let id = ObjectID(hex: fields[0]) else { return nil }
        let (subject, body) = message(fields[9])
        return Commit(
            id: id, shortID: fields[1], author: signature(fields[3], fields[4], fields[5]),
            committer: signature(fields[6], fields[7], fields[8]), subject: subject, body: body,
            parents: fields[2].split(separator: " ").compactMap { ObjectID(hex: String($0)) }, changes: nil)
    }

    /// `date` is raw: seconds and offset, `1767319445 +0100`.
    static func signature(_ name: String, _ email: String, _ date: String) -> Signature {
        let parts = date.split(separator: " ")
        let time = parts.first.flatMap { Double($0) } ?? 0
        let offset = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
        return Signature(
            name: name, email: email, date: Date(timeIntervalSince1970: time),
            offsetInMinutes: offset / 100 * 60 + offset % 100)
    }

    /// The first paragraph on one line, and the rest.
    static func message(_ text: String) -> (subject: String, body: String) {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)[...]
        let isBlank = { (line: Substring) in line.allSatisfy(\.isWhitespace) }
        while let line = lines.first, isBlank(line) { lines.removeFirst() }
        let subject = lines.prefix { !isBlank($0) }
        lines = lines.dropFirst(subject.count)
        while let line = lines.first, isBlank(line) { lines.removeFirst() }
        while let line = lines.last, isBlank(line) { lines.removeLast() }
        return (subject.joined(separator: " "), lines.joined(separator: "\n"))
    }
}

/// Reads `git blame --porcelain`.
struct PorcelainBlame {
    let path: String
    let lines: [String]

    private struct Known {
        var name = ""
        var email = ""
        var time = ""
        var zone = ""
        var subject = ""
        var file = ""
    }

    func hunks(_ text: String) -> [BlameHunk] {
        var known: [String: Known] = [:]
        var groups: [(id: String, first: Int, count: Int)] = []
        var current = ""
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("\t") || line.isEmpty { continue }
            let words = line.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
            let value = words.count > 1 ? String(words[1]) : ""
            if ObjectID(hex: String(words[0])) != nil {
                current = String(words[0])
                let numbers = value.split(separator: " ").compactMap { Int($0) }
                // A group's first line alone says how many lines it has.
                if numbers.count == 3 { groups.append((current, numbers[1], numbers[2])) }
                continue
            }
            switch words[0] {
            case "author": known[current, default: Known()].name = value
            case "author-mail": known[current, default: Known()].email = String(value.dropFirst().dropLast())
            case "author-time": known[current, default: Known()].time = value
            case "author-tz": known[current, default: Known()].zone = value
            case "summary": known[current, default: Known()].subject = value
            case "filename": known[current, default: Known()].file = value
            default: break
            }
        }
        return groups.compactMap { group in
            guard let id = ObjectID(hex: group.id), let about = known[group.id], group.count > 0 else { return nil }
            let range = group.first...(group.first + group.count - 1)
            guard range.lowerBound >= 1, range.upperBound <= lines.count else { return nil }
            return BlameHunk(
                lines: range, commit: id, shortID: id.short,
                author: ProgramFormat.signature(about.name, about.email, about.time + " " + about.zone),
                subject: about.subject, originalPath: about.file == path ? nil : about.file,
                text: Array(lines[(range.lowerBound - 1)..<range.upperBound]))
        }
    }
}
