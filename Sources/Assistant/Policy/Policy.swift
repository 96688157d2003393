package import FoundationEssentials

/// The table of effect classes and modes (DESIGN section 4). Nothing a model, a repository or a recording says
/// is an input to it.
package struct Policy: Sendable {
    private let file: PolicyFile?

    package init(file: PolicyFile? = nil) {
        self.file = file
    }

    /// `uses` is how often the tool was already carried out in this run; nil where a ``UseLimit`` counts for many runs.
    package func decide(
        tool: String, effect: EffectClass, subject: PolicySubject, mode: Mode, uses: Int?, now: Date = .now
    ) -> PolicyDecision {
        switch (effect, mode) {
        case (.readLocal, _): return .allow
        case (.readNetwork, .hook): return .deny(reason: "a hook reads nothing from the network")
        case (.readNetwork, _): return .allow
        case (_, .hook): return .deny(reason: "a hook changes nothing")
        case (.destroy, .attended): return .askTypedName(subject.nameToType ?? tool)
        case (.destroy, .unattended):
            return .deny(reason: "\(tool) cannot be taken back: it needs a person at a terminal")
        case (.writeLocal, _), (.addRemote, _), (.changeRemote, _): break
        }
        guard let grant = grant(of: tool) else {
            return mode == .attended
                ? .ask : .park(reason: "\(tool) needs an approval and there is no terminal to ask on")
        }
        guard let objection = grant.objection(to: subject, uses: uses, now: now) else { return .allow }
        return Self.objected(objection, mode)
    }

    func grant(of tool: String) -> PolicyGrant? { file?.grants.first { $0.tool == tool } }

    /// Of a call that its grant does not cover.
    static func objected(_ reason: String, _ mode: Mode) -> PolicyDecision {
        mode == .attended ? .ask : .park(reason: reason)
    }
}
