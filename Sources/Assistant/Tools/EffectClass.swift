/// What a call does to the world; the policy decides by it.
package enum EffectClass: String, Sendable, Hashable, CaseIterable {
    case readLocal, readNetwork, writeLocal, addRemote, changeRemote, destroy

    package var isRead: Bool { self == .readLocal || self == .readNetwork }
}
