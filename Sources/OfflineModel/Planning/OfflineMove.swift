internal import Assistant

/// What the planner does next.
enum OfflineMove: Sendable, Hashable {
    case call(String, Arguments)
    case answer(String)
    case refuse(Refusal)
}
