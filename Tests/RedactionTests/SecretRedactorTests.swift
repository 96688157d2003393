import Redaction
import TestSupport
import Testing

struct `Secrets in text` {
    private let redactor = SecretRedactor()

    @Test(arguments: FakeSecrets.tokens)
    func `are found by their form, in prose, in quotes and after an equals sign`(row: FakeSecrets.Row) {
        for (before, after) in [
            ("", ""), ("use ", " today."), ("\"", "\","), ("X=", "\n"), ("(", ")"), ("línea: ", "…"),
        ] {
            #expect(redactor.redacted(before + row.secret + after) == "\(before)[redacted: \(row.kind)]\(after)")
        }
    }

    @Test(arguments: FakeSecrets.tokens)
    func `leave the text alone once they are taken out`(row: FakeSecrets.Row) {
        let once = redactor.redacted("password = \"\(row.secret)\"")
        #expect(redactor.redacted(once) == once)
        #expect(!once.contains(row.secret))
    }

    @Test(arguments: FakeSecrets.places)
    func `are found by what stands around them`(place: FakeSecrets.Place) {
        let text = place.before + place.secret + place.after
        #expect(redactor.redacted(text) == "\(place.before)[redacted: \(place.kind)]\(place.after)")
    }

    @Test func `are of more than forty kinds`() {
        let kinds = Set(FakeSecrets.tokens.map(\.kind) + FakeSecrets.places.map(\.kind))
        print("redaction: \(FakeSecrets.tokens.count + FakeSecrets.places.count) rows, \(kinds.count) kinds")
        #expect(kinds.count > 40)
    }

    @Test func `are told apart when several stand together`() {
        let key = "ghp_" + FakeSecrets.body(36)
        let text = "a \(key) b \(key)\nAKIA\(FakeSecrets.body(16, FakeSecrets.upper)),\(key)"
        #expect(
            redactor.findings(in: text).map(\.kind) == [
                "GitHub token", "GitHub token", "AWS access key", "GitHub token",
            ])
    }

    @Test func `are found at every offset, with letters of more than one byte before them`() {
        let secret = "glpat-" + FakeSecrets.body(20)
        for count in 0..<40 {
            let text = String(repeating: "ñ", count: count) + " " + secret
            #expect(redactor.redacted(text) == String(repeating: "ñ", count: count) + " [redacted: GitLab token]")
        }
    }
}

struct `The values of the settings` {
    @Test func `are taken out wherever they are, also as URLs and JSON write them`() {
        let redactor = SecretRedactor(values: [("chat.key", "pässword/with \"signs\"")])
        let text = #"a pässword/with "signs" b p%C3%A4ssword%2Fwith%20%22signs%22 c pässword/with \"signs\""#
        #expect(redactor.redacted(text) == "a [redacted: chat.key] b [redacted: chat.key] c [redacted: chat.key]")
    }

    @Test func `come before the form they have`() {
        let key = "sk-proj-" + FakeSecrets.body(40)
        #expect(SecretRedactor(values: [("chat.key", key)]).redacted(key) == "[redacted: chat.key]")
    }

    @Test(arguments: ["", "x", "local"])
    func `are left alone when they are so short that they would be found everywhere`(value: String) {
        let text = "x local 12345"
        #expect(SecretRedactor(values: [("chat.key", value)]).redacted(text) == text)
    }
}

struct `What is no secret` {
    @Test(arguments: [
        "commit 7fd1a60b01f91b314f59955a4e4d4e80d8edf11d", "id: 123e4567-e89b-12d3-a456-426614174000",
        #""integrity": "sha512-oq2wkF8GcNMmrcNTzj1mdGdCvXzNFtJoDWTjLkOMtRzxBdzRnTMUM98PPzIlbMXnHtBoi1fSCrQH9r4e4YGnnw==""#,
        "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "password: String",
        "let password: String",
        "password = getPassword()", "token = self.token", "apiKey: config.apiKey", "api_key = os.environ[\"API_KEY\"]",
        "token: ${{ secrets.GITHUB_TOKEN }}", "PASSWORD=$PASSWORD", "password: <your password>",
        "password = \"changeme\"",
        "max_tokens: 200000", "tokens: 1234567890123", "tokenizer = \"cl100k_base\"", "secret_name = \"prod/app/db\"",
        "key: value", "primary_key: id12345678901234",
        "public_key = \"MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE1234567890\"",
        "Bearer authentication is used here", "Basic usage of this", "task-abcdefghijklmnopqrstuvwx",
        "risk-averse behaviour",
        "https://example.org/a?b=c", "https://user@example.org/", "git@github.com:a/b.git", "http://host:8080/path@v1",
        "postgres://u:${PASSWORD}@h/d", "postgres://u:<password>@h/d",
        "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----",
        "-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----", "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        "sk-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "eyJust a word.and.more", "the password is wrong",
        "Password must have at least 8 characters", "\"password\": \"Contraseña\"", "secret: \"my-secret-name\"",
        "token_type = \"bearer_token_type\"", "func token(at index: Int) -> Token",
        "case .token(let rule): rule.prefix",
        "<label for=\"password\">Password</label>", "password: [redacted: password]",
        "password = \"[redacted: password]\"",
        "h1:9YwkbT5UhnNpHT7eTMjjwsCCzXSYgPYeYKGuW+bLNcs=",
        "resolved \"https://registry.npmjs.org/a/-/a-1.0.0.tgz#abcdef0123\"",
        "SKIP0123456789", "import key-value-store", "access_key_id: {{ id }}", "keyboard = qwerty12345678",
        "Set-Cookie: theme=dark; Path=/; HttpOnly", "cookie = request.cookies[name]", "const cookieName = \"session\"",
        "cookies: 12", "IDENTIFIED BY 'changeme'", "curl -u user:password https://example.org",
        "curl -u \"$USER:$PASSWORD\" https://example.org", "sshpass -p \"$PASSWORD\" ssh a",
        "ConvertTo-SecureString $text",
        "localhost:5432:app:app:*", "kind: SecretStore\ndata:\n  a: bcdefgh12",
        "kind: ConfigMap\ndata:\n  size: 12345678",
        "kind: Secret\nmetadata:\n  name: db-credentials-2\ntype: Opaque",
        "kind: Secret\ndata:\n  a: {{ .Values.a }}\n---\nkind: ConfigMap\ndata:\n  b: abcdefgh12",
        "compass = \"n0rth1234567\"", "bypass: abc123def456ghi7", "pattern = \"a1b2c3d4e5f6g7\"",
        "path=/usr/lib/x86_64-1.2.3",
        "let pass = 3", "you can pass `spec=True1` to it", "#define OBJ_userPassword   OBJ_X509,35L",
        "HEX_PAT, IPV4_PATTERN_1234567", "pass: true", "if pass == \"n0\" {",
        "password:\n  type: string\n  minLength: 8",
        "token:\n  description: of 12 letters", "secret:\n  secretName: db-2\n", "password: |\n  At least 8 letters.\n",
        "token = <<EOT\nhello world 12\nEOT\n", "password = \"\"\"\nAt least 8 letters\n\"\"\"",
        "password: \"^(?=.*[0-9])(?=.*[a-z]).{8,}$\"", "s/(a)(b)/$1$2$3/", "echo $1$5$6", "cost $2a$10$ of bcrypt",
        "ratio 1/1234567890: 12", "\"random_password\": {}", "abc-us12", "client-key-data: REDACTED", "EAAAB+/x",
        "api_key:\n  - name: first1234567890", "$ANSIBLE_VAULT;1.1;AES256", "ARG TOKEN",
        "#define KEY_LENGTH 1234567890",
        "the password \"is wrong\"",
        "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4//8/w38GIAXDIBKE0DHxgljNBAAO9TXL0Y4OHwAAAABJRU5ErkJggg==",
    ])
    func `stays as it is`(text: String) {
        #expect(SecretRedactor().redacted(text) == text)
    }

    @Test func `stays as it is when it is random base64 or hexadecimal without a name`() {
        for seed in 1...300 {
            let base64 = FakeSecrets.body(400, FakeSecrets.letters + "+/", seed: UInt64(seed))
            let hex = FakeSecrets.body(64, FakeSecrets.hex, seed: UInt64(seed))
            #expect(SecretRedactor().findings(in: "\(base64)\n\(hex)").isEmpty)
        }
    }
}
