import Application
import HookInstall
import Testing

struct `An error of a hook` {
    @Test(arguments: [
        (HookError.Kind.notFound, Failure.Kind.noInput), (.badInput, .badInput), (.refused, .failed),
        (.failed, .failed), (.cancelled, .interrupted),
    ])
    func `is a failure of its kind`(kind: HookError.Kind, expected: Failure.Kind) {
        #expect(Failure(any: HookError(kind, "x")) == Failure(expected, "x"))
    }
}
