/// What is in a backup or a database, for a person to compare.
package struct DatabaseContents: Sendable, Hashable {
    /// Rows by table, `public.messages`.
    package var rows: [String: Int]

    package init(rows: [String: Int]) { self.rows = rows }

    func count(_ table: String) -> Int {
        rows.filter { $0.key.split(separator: ".").last == table[...] }.map(\.value).reduce(0, +)
    }

    /// Whether it is Vocero's at all.
    var isOurs: Bool {
        let names = Set(rows.keys.compactMap { $0.split(separator: ".").last })
        return names.isSuperset(of: ["schema_migrations", "chat_sessions", "messages", "runs"])
    }

    /// `482 messages in 31 sessions, 241 runs, 3 batches with 240 items`
    package var words: String {
        let items = rows.filter { $0.key.split(separator: ".").last?.hasPrefix("batch_items") == true }
        return [
            "\(Self.counted(count("messages"), "message")) in \(Self.counted(count("chat_sessions"), "session"))",
            Self.counted(count("runs"), "run"),
            "\(Self.counted(count("batches"), "batch", "batches")) with "
                + Self.counted(items.values.reduce(0, +), "item"),
        ].joined(separator: ", ")
    }

    private static func counted(_ count: Int, _ one: String, _ many: String? = nil) -> String {
        "\(count) \(count == 1 ? one : many ?? one + "s")"
    }
}
