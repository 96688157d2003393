/// The call whose effect runs in this task, for tools that open a child run or must not find their own request.
package struct CurrentCall: Sendable {
    /// The run that the person asked for; its child runs share it.
    package let root: RunID
    /// The model's id of the call.
    let callID: String

    @TaskLocal package static var value: CurrentCall?
}
