/// The passwords that the settings and the environment hold, whether this command uses them or not: none of them is to
/// be seen by a model or kept.
enum DatabasePasswords {
    static func all(_ lookup: SettingLookup, _ environment: [String: String]) -> [(kind: String, value: String)] {
        var passwords: [(kind: String, value: String)] = []
        if let password = environment["PGPASSWORD"], !password.isEmpty { passwords.append(("PGPASSWORD", password)) }
        var texts = SettingLookup.Level.allCases.compactMap { lookup.value("database.url", at: $0)?.text }
        texts += ["DATABASE_URL", "VOCERO_DATABASE_URL"].compactMap { environment[$0] }
        for text in texts {
            for password in ConnectionText.secrets(text) where !password.isEmpty {
                // As it stands in a URL, and as the server gets it.
                for form in [password, decoded(password)] where !passwords.contains(where: { $0.value == form }) {
                    passwords.append(("database password", form))
                }
            }
        }
        return passwords
    }

    private static func decoded(_ text: String) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.count >= 2,
                let code = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(code)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self) ?? text
    }
}
