internal import Glibc

/// Runs one blocking closure on a thread of its own, which ends with it: for what changes the thread it is called on for
/// good.
package func onOwnThread<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value? {
    await withCheckedContinuation { (continuation: CheckedContinuation<Value?, Never>) in
        let work = ThreadWork { continuation.resume(returning: body()) }
        let pointer = Unmanaged.passRetained(work).toOpaque()
        var thread = pthread_t()
        let code = pthread_create(
            &thread, nil,
            { pointer in
                guard let pointer else { return nil }
                Unmanaged<ThreadWork>.fromOpaque(pointer).takeRetainedValue().run()
                return nil
            }, pointer)
        if code == 0 {
            pthread_detach(thread)
        } else {
            Unmanaged<ThreadWork>.fromOpaque(pointer).release()
            continuation.resume(returning: nil)
        }
    }
}

private final class ThreadWork: Sendable {
    let run: @Sendable () -> Void

    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}
