/// How the database's tables stand to this program.
package enum SchemaState: Sendable, Hashable {
    /// No tables yet.
    case absent
    /// Made by an older program: `migrate()` brings it up.
    case older(found: Int, wanted: Int)
    case current(Int)
    /// Made by a newer program: this one must not write to it.
    case newer(found: Int, wanted: Int)
}
