/// Where a local engine is reached: by a Unix socket that only its user and root can reach, so that no other user's
/// process ever gets a recording, and no web page a question through.
package struct EngineAddress: Sendable, Hashable {
    /// The path of the socket.
    package let socket: String

    /// `/v1` included; the host says nothing.
    package var baseURL: String { "http://localhost/v1" }

    /// For people.
    package var description: String { "unix:\(socket)" }
}
