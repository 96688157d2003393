internal import Assistant

/// Parameters that several git tools have.
enum GitParameters {
    static let path = Parameter<String?>("path", "Only this file or directory.")
}
