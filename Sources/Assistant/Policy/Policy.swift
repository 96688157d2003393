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
        decide(tool: tool, effect: effect, subject: subject, mode: mode, now: now) { _ in uses }
    }

    /// `uses` is how often a grant was already used in this run; nil where a ``UseLimit`` counts for many runs.
    func decide(
        tool: String, effect: EffectClass, subject: PolicySubject, mode: Mode, now: Date = .now,
        uses: (PolicyGrant) -> Int?
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
        let grants = grants(of: tool)
        guard !grants.isEmpty else {
            return mode == .attended
                ? .ask : .park(reason: "\(tool) needs an approval and there is no terminal to ask on")
        }
        var objections: [String] = []
        for grant in grants {
            guard let objection = grant.objection(to: subject, uses: uses(grant), now: now) else { return .allow }
            if !objections.contains(objection) { objections.append(objection) }
        }
        return Self.objected(objections.joined(separator: "; "), mode)
    }

    /// One of them has to cover a call by itself.
    func grants(of tool: String) -> [PolicyGrant] { file?.grants.filter { $0.tool == tool } ?? [] }

    /// Those that cover a call, whatever was used of them.
    func grants(of tool: String, covering subject: PolicySubject, now: Date = .now) -> [PolicyGrant] {
        grants(of: tool).filter { $0.objection(to: subject, uses: nil, now: now) == nil }
    }

    /// Of a call that its grant does not cover.
    static func objected(_ reason: String, _ mode: Mode) -> PolicyDecision {
        mode == .attended ? .ask : .park(reason: reason)
    }
}
