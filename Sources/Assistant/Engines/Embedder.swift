/// Turns texts into vectors.
package protocol Embedder: Sendable {
    /// The name stored beside every vector: only vectors of one model are compared.
    var model: String { get }

    /// One vector a text, in order, each as long as the model makes it. `purpose` matters to models that tell
    /// questions from passages (E5 does).
    func embed(_ texts: [String], purpose: EmbeddingPurpose) async throws(EngineError) -> [[Float]]
}

package enum EmbeddingPurpose: Sendable {
    /// What is stored and found.
    case passage
    /// What is asked.
    case query
}
