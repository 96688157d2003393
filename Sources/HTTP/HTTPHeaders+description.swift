extension HTTPHeaders.Field: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Fields whose values let their holder act for someone.
    private static let secret: Set<String> = [
        "api-key", "authorization", "cookie", "proxy-authorization", "set-cookie", "x-api-key", "x-auth-token",
    ]

    private var printableValue: String { Self.secret.contains(name.lowercased()) ? "(hidden)" : value }

    package var description: String { "\(name): \(printableValue)" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: ["name": name, "value": printableValue]) }
}

extension HTTPHeaders: CustomStringConvertible, CustomDebugStringConvertible {
    package var description: String { fields.map(\.description).joined(separator: "\n") }
    package var debugDescription: String { description }
}

extension HTTPRequest: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The method and the address without its query: never a header, a body or a credential.
    package var description: String {
        let address = (try? HTTPAddress(parsing: url)).map { $0.url.prefix { $0 != "?" && $0 != "#" } }
        return "\(method) \(address ?? "(invalid URL)")"
    }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: ["request": description]) }
}
