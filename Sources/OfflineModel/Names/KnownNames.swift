/// The names that have been looked up so far.
struct KnownNames: Sendable {
    var paths: PathIndex?
    var references: ReferenceNames?
    var people: [String]?

    func has(_ kind: NameKind) -> Bool {
        switch kind {
        case .files: paths != nil
        case .references: references != nil
        case .people: people != nil
        }
    }

    mutating func load(_ kind: NameKind, from source: any NameSource) async {
        switch kind {
        case .files: paths = PathIndex(await source.files())
        case .references: references = await source.references()
        case .people: people = await source.people()
        }
    }
}
