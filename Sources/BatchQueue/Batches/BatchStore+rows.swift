internal import JSON
internal import Store

extension BatchStore {
    static func json(_ reader: RowReader, _ column: String) throws(StoreError) -> JSON {
        guard let text = try reader.optionalText(column) else { return .null }
        return (try? JSON(parsing: text)) ?? .null
    }

    static func options(_ reader: RowReader) throws(StoreError) -> ItemOptions {
        ItemOptions(json: try json(reader, "options"))
    }
}
