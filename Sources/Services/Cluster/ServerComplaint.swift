internal import Glibc

/// What a program wrote before it gave up, reduced to the line that says why.
struct ServerComplaint {
    let text: String
    /// Where the program writes. On a full disk it cannot even say so in its log.
    let directory: String

    init(_ text: String, in directory: String) {
        self.text = text
        self.directory = directory
    }

    var saysDiskFull: Bool {
        var statistics = statvfs()
        let isFull = statvfs(directory, &statistics) == 0 && statistics.f_bavail * statistics.f_frsize < 1 << 20
        return isFull || text.contains("No space left on device") || text.contains("Disk quota exceeded")
    }
    var saysWrongVersion: Bool { text.contains("database files are incompatible with server") }
    /// Another server has the data directory, or the processes of a killed one are not all gone yet.
    var saysInUse: Bool {
        ["lock file", "pre-existing shared memory block", "Is another postmaster"].contains { text.contains($0) }
    }

    /// An error with `what` happened, and the reason in the program's own words.
    func error(_ code: ServicesError.Code, _ what: String) -> ServicesError {
        if saysDiskFull {
            return ServicesError(.diskFull, "\(what), because no space is left on the disk: free some and try again.")
        }
        return ServicesError(code, "\(what): \(reason).")
    }

    /// The last line of weight, without time stamps and control characters.
    private var reason: String {
        let lines = text.split(separator: "\n")
        let marks = ["PANIC:", "FATAL:", "ERROR:", "error:", "Error:"]
        let line = lines.last { line in marks.contains { line.contains($0) } } ?? lines.last ?? "it gave no reason"
        var reason = String(line)
        for mark in marks {
            if let range = reason.firstRange(of: mark) { reason = String(reason[range.upperBound...]) }
        }
        let printable = reason.unicodeScalars.filter { $0.value >= 0x20 && !(0x7f...0x9f).contains($0.value) }
        var tidy = String(String.UnicodeScalarView(printable))
        while let last = tidy.last, last == "." || last == " " { tidy.removeLast() }
        while tidy.first == " " { tidy.removeFirst() }
        return String(tidy.prefix(400))
    }
}
