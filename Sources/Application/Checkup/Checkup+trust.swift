internal import Confinement
internal import Git

extension Checkup {
    /// What the repository asks for and does not get.
    func trust() async -> Finding {
        guard let repository = context.repository else {
            return Finding(name: "trust", state: .good, what: "no repository, so nothing that it asks for", advice: nil)
        }
        do throws(GitError) {
            let view = try await RepositoryTrustView(repository)
            var words: [String] = []
            let keys = view.requests.map(\.key)
            let listed = keys.prefix(6).joined(separator: ", ") + (keys.count > 6 ? " and \(keys.count - 6) more" : "")
            if !keys.isEmpty { words.append(view.isAllowed ? "allowed: \(listed)" : "ignored, not allowed: \(listed)") }
            if !view.passedOver.isEmpty {
                words.append(
                    "not opened, because it is inside the work tree: \(view.passedOver.joined(separator: ", "))")
            }
            if !view.alternates.isEmpty {
                words.append("reads objects of \(view.alternates.prefix(3).joined(separator: ", "))")
            }
            let isHeldBack = !keys.isEmpty && !view.isAllowed
            return Finding(
                name: "trust", state: isHeldBack ? .missing : .good,
                what: words.isEmpty
                    ? "the repository's configuration asks for nothing but style" : words.joined(separator: "; "),
                advice: isHeldBack ? "`vocero trust` shows what the repository asks for, and asks you" : nil)
        } catch {
            return Finding(
                name: "trust", state: .broken, what: error.message, advice: "try `git config --list` there")
        }
    }

    func fence() -> Finding {
        Finding(
            name: "fence", state: Landlock.version > 0 ? .good : .missing, what: Landlock.words,
            advice: Landlock.version > 0
                ? nil : "nothing is lost: a kernel with CONFIG_SECURITY_LANDLOCK fences them in besides")
    }
}
