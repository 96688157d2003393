internal import JSON

/// Calls as models write them into JSON, and into the tags that look like it.
enum WrittenCallJSON {
    private static let nameKeys = ["name", "tool", "tool_name", "function_name", "function", "action"]
    private static let argumentKeys = [
        "arguments", "parameters", "args", "params", "input", "tool_input", "action_input", "tool_arguments",
    ]
    private static let otherKeys: Set<String> = ["id", "type", "call_id", "tool_call_id", "index"]

    /// The calls that a value stands for; none when it is something else. `isMarked`: it stands where only calls stand.
    static func calls(_ json: JSON, names: Set<String>, isMarked: Bool) -> [WrittenPassage.Call] {
        if let elements = json.array {
            let calls = elements.map { call($0, names, isMarked) }
            return calls.allSatisfy { $0 != nil } ? calls.compactMap(\.self) : []
        }
        if let several = json["tool_calls"]?.array { return calls(.array(several), names: names, isMarked: isMarked) }
        return [call(json, names, isMarked)].compactMap(\.self)
    }

    private static func call(_ json: JSON, _ names: Set<String>, _ isMarked: Bool) -> WrittenPassage.Call? {
        guard let members = json.object else { return nil }
        if let function = members["function"], function.object != nil { return call(function, names, isMarked) }
        // `{"git_log": {"limit": 3}}`
        if members.count == 1, let (name, arguments) = members.first, names.contains(name), arguments.object != nil {
            return WrittenPassage.Call(name: name, arguments: arguments.description)
        }
        guard let key = nameKeys.first(where: { members[$0]?.string != nil }), let name = members[key]?.string,
            !name.isEmpty
        else { return nil }
        let argumentKey = argumentKeys.first { members[$0] != nil }
        let others = Set(members.keys).subtracting([key, argumentKey ?? key]).subtracting(otherKeys)
        guard isMarked || others.isEmpty else { return nil }
        guard let argumentKey, let given = members[argumentKey], !given.isNull else {
            return isMarked || names.contains(name) ? WrittenPassage.Call(name: name, arguments: "{}") : nil
        }
        guard let arguments = arguments(given) else { return nil }
        return WrittenPassage.Call(name: name, arguments: arguments)
    }

    /// An object, or the text of one.
    private static func arguments(_ json: JSON) -> String? {
        if json.object != nil { return json.description }
        guard let text = json.string else { return nil }
        return text.isEmpty ? "{}" : (try? JSON(parsing: text))?.object.map { JSON.object($0).description }
    }

    // MARK: Between marks

    /// Nil when it cannot be read: one value, several one after the other, or a function in tags.
    static func calls(inMarked content: Substring) -> [WrittenPassage.Call]? {
        if content.hasPrefix("<function=") { return tagged(content).map { [$0] } }
        let text = String(content).trimmingBlanks
        if text.hasPrefix("<function=") {
            let end = text.firstRange(of: "</function>")?.lowerBound ?? text.endIndex
            return tagged(text[..<end]).map { [$0] }
        }
        // `git_log[ARGS]{"limit": 3}`
        if let mark = text.firstRange(of: "[ARGS]"), text.first != "{", text.first != "[" {
            let name = String(text[..<mark.lowerBound]).trimmingBlanks
            let arguments = String(text[mark.upperBound...]).trimmingBlanks
            guard (try? JSON(parsing: arguments))?.object != nil else { return nil }
            return [WrittenPassage.Call(name: name, arguments: arguments)]
        }
        return values(in: text)?.flatMap { calls($0, names: [], isMarked: true) }
    }

    /// One value or several, one behind the other; nil when there is anything else.
    static func values(in text: String) -> [JSON]? {
        var values: [JSON] = []
        var (depth, isQuoted, isEscaped) = (0, false, false)
        let bytes = Array(text.utf8)
        var start = 0
        for (index, byte) in bytes.enumerated() {
            if isQuoted {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte
                    == UInt8(ascii: "\"")
                {
                    isQuoted = false
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): isQuoted = true
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                guard depth <= 0 else { continue }
                guard let value = try? JSON(parsing: Array(bytes[start...index])) else { return nil }
                values.append(value)
                (start, depth) = (index + 1, 0)
            default: break
            }
        }
        return bytes[start...].allSatisfy { $0 <= 0x20 } && !values.isEmpty ? values : nil
    }

    /// `<function=git_log>{"limit": 3}`, or with `<parameter=limit>3</parameter>`.
    private static func tagged(_ text: Substring) -> WrittenPassage.Call? {
        guard let end = text.firstIndex(of: ">") else { return nil }
        let name = String(text[..<end].dropFirst("<function=".count)).trimmingBlanks
        let body = String(text[text.index(after: end)...]).trimmingBlanks
        if body.isEmpty { return WrittenPassage.Call(name: name, arguments: "{}") }
        if let json = try? JSON(parsing: body), json.object != nil {
            return WrittenPassage.Call(name: name, arguments: json.description)
        }
        var members: [String: JSON] = [:]
        var rest = body[...]
        while let opening = rest.firstRange(of: "<parameter=") {
            guard let close = rest[opening.upperBound...].firstIndex(of: ">"),
                let end = rest[close...].firstRange(of: "</parameter>")
            else { return nil }
            let value = String(rest[rest.index(after: close)..<end.lowerBound])
            members[String(rest[opening.upperBound..<close]).trimmingBlanks] = self.value(value)
            rest = rest[end.upperBound...]
        }
        return members.isEmpty ? nil : WrittenPassage.Call(name: name, arguments: JSON.object(members).description)
    }

    /// Numbers and truth are written bare, and so is text.
    private static func value(_ text: String) -> JSON {
        var text = text[...]
        if text.first?.isNewline ?? false { text = text.dropFirst() }
        if text.last?.isNewline ?? false { text = text.dropLast() }
        switch try? JSON(parsing: String(text)) {
        case .integer(let number)?: return .integer(number)
        case .bool(let truth)?: return .bool(truth)
        case .object(let members)?: return .object(members)
        case .array(let elements)?: return .array(elements)
        default: return .string(String(text))
        }
    }
}
