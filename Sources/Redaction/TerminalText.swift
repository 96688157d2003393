/// Text that a model or a repository wrote, made safe to print.
package enum TerminalText {
    /// Without control sequences (ESC, CSI, OSC, DCS, C1), carriage returns and other controls but newline and
    /// tab, without what turns the direction of text round, and without invisible characters.
    package static func sanitized(_ text: String) -> String {
        var sanitizer = TerminalSanitizer()
        return sanitizer.feed(text) + sanitizer.finish()
    }

    /// The same characters made visible, `<U+001B>`, instead of taken out: for what a person is asked to approve.
    package static func revealed(_ text: String) -> String {
        fatalError("contract only")
    }
}
