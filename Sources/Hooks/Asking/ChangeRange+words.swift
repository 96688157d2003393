internal import Application
internal import Git

extension ChangeRange {
    /// Reads `A..B`, where a side that is left out is HEAD.
    init(words text: String) throws {
        guard let dots = text.firstRange(of: "...") ?? text.firstRange(of: "..") else {
            throw Failure(.usage, "\(text) is no range; write two commits, such as main..HEAD")
        }
        let from = String(text[..<dots.lowerBound])
        let to = String(text[dots.upperBound...])
        self = .between(from.isEmpty ? "HEAD" : from, to.isEmpty ? "HEAD" : to)
    }
}
