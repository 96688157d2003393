/// The grammars in the program, read when the first request needs them.
enum Grammars {
    static let english = read(PackageResources.en_grammar, "en.grammar")
    static let spanish = read(PackageResources.es_grammar, "es.grammar")

    static var all: [Grammar] { [english, spanish] }

    private static func read(_ bytes: [UInt8], _ name: String) -> Grammar {
        do throws(GrammarError) {
            return try GrammarReader.read(bytes)
        } catch {
            preconditionFailure("the program was built with an unreadable grammar: \(name), \(error)")
        }
    }
}
