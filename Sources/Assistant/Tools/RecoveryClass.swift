/// How a call that was cut off while `executing` is taken up again.
package enum RecoveryClass: String, Sendable, Hashable, CaseIterable {
    case read, idempotent, reconcilable, opaque
}
