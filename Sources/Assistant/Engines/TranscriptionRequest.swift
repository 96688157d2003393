package struct TranscriptionRequest: Sendable, Hashable {
    /// The audio on disk; its extension is true.
    package var path: String
    /// ISO 639-1, or nil to let the model find out.
    package var language: String?
    /// Words likely to be heard, in the language of the request.
    package var hint: String?
    /// Ask for timed segments.
    package var wantsSegments: Bool

    package init(path: String, language: String? = nil, hint: String? = nil, wantsSegments: Bool = false) {
        self.path = path
        self.language = language
        self.hint = hint
        self.wantsSegments = wantsSegments
    }
}
