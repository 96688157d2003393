/// Asks a person. The terminal fulfils it; unattended runs never reach it.
package protocol Approver: Sendable {
    func decide(_ request: ApprovalRequest) async -> ApprovalDecision
}

/// Nobody is there to be asked.
package struct AbsentApprover: Approver {
    package init() {}

    package func decide(_ request: ApprovalRequest) async -> ApprovalDecision {
        .denied("there is no terminal to ask on")
    }
}
