/// How the words came in.
package enum Source: String, Sendable, Hashable {
    case text, audio, hook, batch
}
