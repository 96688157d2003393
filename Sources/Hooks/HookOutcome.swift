package import Application

/// What came of a hook. Whatever was to be said while it went on has been said.
package enum HookOutcome: Sendable {
    /// There was nothing to do, or it was done.
    case done
    /// A draft that was asked for by hand.
    case draft(DraftOutcome)
    /// The draft that stands in the message file now.
    case written(DraftOutcome)
    /// Where message and change disagree.
    case remark(MessageRemark)
    /// The commit is not to be made: that is how it is configured.
    case refused
    case push(PushOutcome)
    /// What came in.
    case incoming(LastDigest)
    /// What would be sent.
    case payload(HookPayload)
    /// Called by git it failed, and git goes on all the same.
    case givenUp(Failure)
}
