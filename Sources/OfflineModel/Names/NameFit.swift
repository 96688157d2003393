/// How a name of the repository was found in what was said.
enum NameFit: Sendable, Hashable {
    /// The very name, or all of it as it is spoken.
    case exact
    /// The only one that is meant, but not what was said: another case, no folder, no ending.
    case loose
    /// Nearly what was said.
    case near
    /// Nothing here has that name.
    case unknown
}

/// A name that was said, and what it stands for.
struct FoundName: Sendable, Hashable {
    var name: String
    var fit: NameFit
    /// Others that it may stand for as well, this one among them; empty when it is clear.
    var others: [String] = []
}
