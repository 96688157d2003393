/// One message of a conversation. An assistant message with calls is followed by one `tool` message a call.
package enum ChatMessage: Sendable, Hashable {
    case system(String)
    case user(String)
    case assistant(text: String?, calls: [ToolCall])
    case tool(callID: String, content: String)
}
