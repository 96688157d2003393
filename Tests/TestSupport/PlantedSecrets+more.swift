extension PlantedSecrets {
    private static func body(_ count: Int, _ alphabet: String = FakeSecrets.letters, _ seed: UInt64 = 21) -> String {
        FakeSecrets.body(count, alphabet, seed: seed)
    }

    private static func file(_ kind: String, _ before: String, _ secret: String, _ after: String = "") -> File {
        File(kind, ["# settings", before + secret + after, "# end"], secret)
    }

    private static let base64 = FakeSecrets.letters + "+/"
    private static let base58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
    private static let wallet = "legal winner thank year wave sausage worth useful legal winner thank yellow"
    private static let longWallet =
        "void come effort suffer camp survey warrior heavy shoot primary clutch crush open amazing screen patrol group "
        + "space point ten exist slush involve unfold"

    /// What people say and write by the way, and tokens of younger services.
    package static let more: [File] = [
        file("WireGuard key with slashes", "PrivateKey = ", "/" + body(42, base64) + "="),
        file("WireGuard key without digits", "PrivateKey = ", body(43, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefgh+/") + "="),
        file("WireGuard preshared key", "PresharedKey = ", body(43, base64, 22) + "="),
        file(
            "signed URL of S3", "https://a.s3.amazonaws.com/k?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=",
            body(64, FakeSecrets.hex)),
        file(
            "signed URL of Google", "https://storage.googleapis.com/b/k?X-Goog-SignedHeaders=host&X-Goog-Signature=",
            body(256, FakeSecrets.hex)),
        file(
            "CloudFront signature", "https://d1.cloudfront.net/a?Expires=1&Signature=", body(120) + "__",
            "&Key-Pair-Id=K1"),
        file("Tavily key", "tavily: ", "tvly-" + body(32)),
        file("Tavily development key", "TAVILY=", "tvly-dev-" + body(32)),
        file("Pinecone key", "pc = ", "pcsk_" + body(5) + "_" + body(63)),
        file("LangSmith key", "LANGSMITH=", "lsv2_pt_" + body(32, FakeSecrets.hex) + "_" + body(10, FakeSecrets.hex)),
        file("LangSmith service key", "k: ", "lsv2_sk_" + body(32, FakeSecrets.hex) + "_" + body(10, FakeSecrets.hex)),
        file("Resend key", "resend(\"", "re_" + body(8) + "_" + body(24), "\")"),
        file("Bitcoin key", "wif: ", "5" + body(50, base58)),
        file("compressed Bitcoin key", "import ", "K" + body(51, base58)),
        file("mnemonic", "mnemonic: \"", wallet, "\""),
        file("seed phrase", "Seed phrase: ", longWallet),
        File("mnemonic alone", ["# wallet", longWallet, "# end"], longWallet),
        file("ssh-keygen passphrase", "ssh-keygen -t ed25519 -N ", "rosebud9", " -f key"),
        file("quoted ssh-keygen passphrase", "ssh-keygen -f key -N '", "open the gate", "'"),
        file("clave", "clave: ", "hunter2x"),
        file("contraseña", "contraseña: ", "perro-Azul7"),
        file("password that is said", "remember that my password is ", "tangerine", "."),
        file("password of a thing", "my password for the printer is ", "tangerine42", " by the way"),
        file("contraseña que se dice", "mi contraseña es ", "naranjada", ", apúntala"),
        file("clave que se dice", "la clave del wifi es ", "naranjada77"),
        file("token behind a hyphen", "image: registry/app:v-", "ghp_" + body(36)),
        file("token behind an underscore", "name_", "sk-proj-" + body(48)),
        file("key behind a version", "release-v-", "glpat-" + body(20)),
        File(
            "middle of a private key", (0..<5).map { body(64, base64, $0 + 30) },
            (0..<5).map { body(64, base64, $0 + 30) }),
        File(
            "diff of a private key", ["@@ -4,3 +4,3 @@"] + (0..<3).map { "+" + body(64, base64, $0 + 40) },
            (0..<3).map { body(64, base64, $0 + 40) }),
    ]
}
