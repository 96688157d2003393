/// How the engines' own programs are made to listen on a Unix socket: the first argument is the socket, the second the
/// configuration.
enum EngineScripts {
    static let speech = String(decoding: PackageResources.speech_py, as: UTF8.self)
    static let embeddings = String(decoding: PackageResources.embeddings_py, as: UTF8.self)
}
