internal import JSON

/// What an error's body says: in OpenAI's form, in that of a compatible server, or in plain text.
struct ServerWords {
    /// One line, shortened, without control characters and credentials.
    let message: String?
    let code: String?
    let type: String?
    /// Some servers write an HTTP status where the code should be.
    let status: Int?
    /// Whether the body is an error object at all.
    let isError: Bool

    /// `key` is cut out of the message, should the server repeat it.
    init(_ body: [UInt8], key: String? = nil) {
        if let json = try? JSON(parsing: body) {
            self.init(json, key: key)
        } else {
            let text = String(decoding: body.prefix(2000), as: UTF8.self)
            self.init(message: ServerWords.isPage(text) ? nil : text, code: nil, type: nil, isError: false, key: key)
        }
    }

    init(_ json: JSON, key: String? = nil) {
        // `{"error": …}`, a list of it, `{"detail": …}` with text, an object or a list of complaints.
        let whole = json[0] ?? json
        let detail = whole["detail"]
        let error =
            [whole["error"], detail?["error"], detail, whole].lazy.compactMap(\.self).first { !$0.isNull } ?? .null
        let complaints = error.array?.compactMap { $0["msg"]?.string }.joined(separator: "; ")
        let text = error.string ?? error["message"]?.string ?? error["detail"]?.string ?? complaints
        self.init(
            message: text, code: error["code"]?.string, type: error["type"]?.string, status: error["code"]?.integer,
            isError: text != nil, key: key)
    }

    private init(message: String?, code: String?, type: String?, status: Int? = nil, isError: Bool, key: String?) {
        self.message = message.map { Self.clean($0, key: key) }.flatMap { $0.isEmpty ? nil : $0 }
        self.code = code.map { Self.clean($0, key: key) }
        self.type = type.map { Self.clean($0, key: key) }
        self.status = status
        self.isError = isError
    }

    static func isPage(_ text: String) -> Bool {
        let start = text.prefix(400).lowercased()
        return start.contains("<html") || start.contains("<!doctype")
    }

    /// One line of at most 300 characters, without control characters, keys cut out.
    static func clean(_ text: String, key: String? = nil) -> String {
        var visible = String.UnicodeScalarView()
        for scalar in text.prefix(4000).unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned: visible.append(" ")
            default: visible.append(scalar)
            }
        }
        var line = String(visible)
        if let key, key.utf8.count >= 4 { line = line.replacing(key, with: "…") }
        var words: [Substring] = []
        for word in line.split(whereSeparator: \.isWhitespace) {
            let isSecret = word.contains("sk-") || words.last?.lowercased() == "bearer"
            words.append(isSecret ? "…" : word)
        }
        let joined = words.joined(separator: " ")
        return joined.count > 300 ? joined.prefix(300) + "…" : joined
    }
}
