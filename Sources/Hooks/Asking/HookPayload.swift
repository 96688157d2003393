/// What a hook would send.
package struct HookPayload: Sendable {
    /// A JSON text a request, as an endpoint would get it.
    package let requests: [String]
    /// Without one nothing is ever sent.
    package let hasEndpoint: Bool
}
