internal import Glibc

/// A child that ends without having read its input is no reason for the tests to die: writing to it fails instead of
/// raising SIGPIPE.
enum BrokenPipes {
    static let areIgnored: Void = {
        signal(SIGPIPE, SIG_IGN)
        // Where the tests run in the background of a script, it has them ignored, and all children with them.
        for number in [SIGINT, SIGHUP] { signal(number, SIG_DFL) }
    }()
}
