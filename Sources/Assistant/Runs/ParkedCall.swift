/// A call that waits for an approval.
package struct ParkedCall: Sendable, Hashable {
    package let tool: String
    package let preview: String?
    package let reason: String

    package init(tool: String, preview: String?, reason: String) {
        self.tool = tool
        self.preview = preview
        self.reason = reason
    }
}
