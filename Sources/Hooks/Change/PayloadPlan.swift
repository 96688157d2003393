internal import Assistant

/// How the patches of a change are shared out over model calls, within a number of tokens a call.
package struct PayloadPlan: Sendable, Hashable {
    /// A file that a model does not see, or not whole.
    package struct LeftOut: Sendable, Hashable {
        package let path: String
        /// `lock file`, `no room`, `cut`.
        package let reason: String
    }

    /// The texts of the calls, in order; one when everything fits into one, none when there is no patch.
    package private(set) var parts: [String] = []
    package private(set) var leftOut: [LeftOut] = []

    /// The most calls for one change, the one that joins them not counted.
    static let mostParts = 6

    package init(_ change: ChangeSet, tokensPerCall: Int) {
        // A file that is larger than this crowds out the others.
        let mostPerFile = max(200, tokensPerCall * 2 / 3)
        var texts: [(path: String, text: String, tokens: Int)] = []
        var cut: Set<String> = []
        for patch in change.patches {
            let (text, isCut) = PatchCut.cut(patch.text, tokens: mostPerFile)
            if isCut { cut.insert(patch.path) }
            texts.append((patch.path, text, TokenEstimate.tokens(in: text)))
        }
        var shown: Set<String> = []
        var current = ""
        var room = tokensPerCall
        for (path, text, tokens) in texts {
            if tokens > room, !current.isEmpty {
                parts.append(current)
                current = ""
                room = tokensPerCall
            }
            guard parts.count < Self.mostParts else { break }
            current += text
            room -= tokens
            shown.insert(path)
        }
        if !current.isEmpty, parts.count < Self.mostParts { parts.append(current) }
        for file in change.files where !shown.contains(file.path) {
            leftOut.append(LeftOut(path: file.path, reason: file.fileClass.reason))
        }
        for file in change.files where shown.contains(file.path) && cut.contains(file.path) {
            leftOut.append(LeftOut(path: file.path, reason: "cut"))
        }
    }

    /// `a.lock (lock file), b.bin (binary) and 3 more`; nil when everything is shown.
    package func leftOutWords(moreFiles: Int) -> String? {
        guard !leftOut.isEmpty || moreFiles > 0 else { return nil }
        let named = leftOut.prefix(5).map { "\(DisplayPath.text($0.path)) (\($0.reason))" }
        let more = leftOut.count - named.count + moreFiles
        return named.joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
    }
}
