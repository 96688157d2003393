/// What kinds of names are looked up apart.
enum NameKind: Sendable, Hashable, CaseIterable {
    case files, references, people
}
