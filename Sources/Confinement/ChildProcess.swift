internal import Glibc
internal import Synchronization

/// A child that any thread may kill, and no other process in its stead: its number is given up before it is free again.
final class ChildProcess: Sendable {
    private struct State {
        var number: Int32?
        var isKilled = false
    }

    private let state = Mutex(State())

    /// `spawn` gives the process and an errno.
    func start(_ spawn: () -> (Int32, Int32)) -> Int32 {
        state.withLock { state in
            // Cancelled before it began.
            if state.isKilled { return ECANCELED }
            let (process, code) = spawn()
            if code == 0 { state.number = process }
            return code
        }
    }

    /// It leads a session of its own: what it started goes with it.
    func kill() {
        state.withLock { state in
            state.isKilled = true
            if let number = state.number { _ = Glibc.kill(-number, SIGKILL) }
        }
    }

    /// Waits for its end.
    ///
    /// - Returns: Its exit status, or 128 and the signal's number.
    func wait() -> Int32 {
        guard let number = state.withLock({ $0.number }) else { return 127 }
        var ended = unsafe siginfo_t()
        // Left in place until nobody can kill it any more.
        while unsafe waitid(P_PID, UInt32(number), &ended, WEXITED | WNOWAIT) != 0, errno == EINTR {}
        return state.withLock { state in
            state.number = nil
            var status: Int32 = 0
            while unsafe waitpid(number, &status, 0) < 0, errno == EINTR {}
            let signal = status & 0x7f
            return signal == 0 ? status >> 8 & 0xff : 128 + signal
        }
    }
}
