/// Where an answer sends a request.
enum RedirectDecision: Sendable {
    /// The answer is no redirect.
    case none
    case follow(HTTPRequest, HTTPAddress)
}

extension HTTPRequest {
    /// More hops than this are a loop.
    static let maxRedirects = 10

    /// Follows a redirect within the same origin: credentials and bodies never reach another one.
    ///
    /// `GET` and `HEAD` follow every redirect, 307 and 308 repeat any method with its body, 303 turns into a
    /// `GET`. A 301 or 302 of another method is refused, since clients disagree on what it would send.
    func redirected(by head: HTTPResponseHead, from address: HTTPAddress) throws(HTTPError) -> RedirectDecision {
        guard [301, 302, 303, 307, 308].contains(head.status), let location = head.headers["location"] else {
            return .none
        }
        guard let target = try? address.resolving(location) else {
            throw HTTPError(
                .redirectRefused, "\(address.name) redirects to an address that cannot be followed.",
                status: head.status)
        }
        guard target.hasSameOrigin(as: address) else {
            throw HTTPError(
                .redirectRefused,
                "\(address.name) redirects to \(target.scheme)://\(target.name), another origin, and is not followed; "
                    + "if that is the right server, configure its address.",
                status: head.status)
        }
        var next = self
        next.url = target.url
        switch (head.status, method) {
        case (307, _), (308, _), (_, "GET"), (_, "HEAD"): break
        case (303, _):
            next.method = "GET"
            next.body = .empty
        default:
            throw HTTPError(
                .redirectRefused,
                "\(address.name) answered a \(method) request with a redirect (\(head.status)) that would not repeat it; "
                    + "configure the address it leads to.",
                status: head.status)
        }
        return .follow(next, target)
    }
}
