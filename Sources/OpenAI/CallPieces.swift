internal import Assistant
internal import JSON

/// The tool calls of a streamed answer, joined from their pieces.
///
/// A piece belongs to the call of its index. Some servers send no index, or 0 for every call, no ids, one id for all,
/// the name with every piece, or a call's whole arguments twice: what then begins another call is a new id, or whole
/// arguments where there are whole ones already.
struct CallPieces {
    private struct Call {
        var index: Int
        var id: String?
        var name = ""
        var arguments = ""
        var members: [String: JSON] = [:]
    }

    private var calls: [Call] = []

    var isEmpty: Bool { calls.isEmpty }

    mutating func add(_ piece: JSON) throws(JSONError) {
        let slot = slot(of: piece)
        guard calls.count <= ChatAnswerJSON.mostCalls else {
            throw JSONError(reason: "it makes more than \(ChatAnswerJSON.mostCalls) calls", offset: 0)
        }
        calls[slot].id = calls[slot].id ?? ChatAnswerJSON.id(piece)
        // Some servers say the name again with every piece.
        if let name = ChatAnswerJSON.name(piece), name != calls[slot].name { calls[slot].name += name }
        try ChatAnswerJSON.checkNames(id: calls[slot].id, name: calls[slot].name)
        add(ChatAnswerJSON.arguments(piece) ?? "", to: &calls[slot].arguments)
        calls[slot].members = GivenMembers.joined(calls[slot].members, GivenMembers.ofCall(piece))
    }

    /// In the order of their indices.
    func joined() -> [(call: ToolCall, members: [String: JSON])] {
        let ordered = calls.enumerated().sorted { ($0.element.index, $0.offset) < ($1.element.index, $1.offset) }
        return ordered.enumerated().map { position, entry in
            let call = ToolCall(
                id: entry.element.id ?? "call_\(position)", name: entry.element.name,
                arguments: entry.element.arguments.joiningHalves())
            return (call, entry.element.members)
        }
    }

    private func add(_ piece: String, to arguments: inout String) {
        let isSnapshot = piece.utf8.first == UInt8(ascii: "{") && piece.hasPrefix(arguments) && arguments != "{"
        // An empty object holds the place of what comes; the whole may come again in the end.
        if !arguments.isEmpty, isSnapshot || (arguments == "{}" && piece.hasPrefix("{")) {
            arguments = piece
        } else {
            arguments += piece
        }
    }

    private mutating func slot(of piece: JSON) -> Int {
        let index = piece["index"]?.integer
        let id = ChatAnswerJSON.id(piece)
        let last =
            if let index { calls.lastIndex { $0.index == index } } else {
                calls.lastIndex { id != nil && $0.id == id } ?? calls.indices.last
            }
        if let last, !begins(piece, after: calls[last], hasIndex: index != nil) { return last }
        calls.append(Call(index: index ?? calls.count))
        return calls.count - 1
    }

    private func begins(_ piece: JSON, after call: Call, hasIndex: Bool) -> Bool {
        let id = ChatAnswerJSON.id(piece)
        let arguments = ChatAnswerJSON.arguments(piece) ?? ""
        let isOtherID = id != nil && call.id != nil && id != call.id
        guard let name = ChatAnswerJSON.name(piece), !call.name.isEmpty else {
            return isOtherID && Self.isWhole(arguments) && Self.isWhole(call.arguments)
        }
        if isOtherID { return true }
        if name != call.name { return id != nil || !hasIndex || !call.arguments.isEmpty || Self.isWhole(arguments) }
        guard Self.isWhole(call.arguments) else { return id == nil && !hasIndex && call.arguments.isEmpty }
        if call.arguments == "{}" || arguments == call.arguments { return false }
        return arguments.contains { !$0.isWhitespace }
    }

    private static func isWhole(_ arguments: String) -> Bool {
        guard arguments.utf8.last == UInt8(ascii: "}") else { return false }
        return (try? JSON(parsing: arguments))?.object != nil
    }
}
