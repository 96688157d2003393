/// One message of a conversation. An assistant message with calls is followed by one `tool` message a call.
package enum ChatMessage: Sendable, Hashable {
    case system(String)
    case user(String)
    /// `given`: what its endpoint gave with it, and is to see again.
    case assistant(text: String?, calls: [ToolCall], given: EndpointMembers? = nil)
    case tool(callID: String, content: String)
}
