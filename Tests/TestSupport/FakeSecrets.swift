/// Secrets that were never anyone's, made when the tests run so that no scanner finds them in this file.
package enum FakeSecrets {
    package static let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
    package static let upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
    package static let hex = "0123456789abcdef"

    /// Characters that follow no pattern, the same each time.
    package static func body(_ count: Int, _ alphabet: String = letters, seed: UInt64 = 7) -> String {
        let characters = Array(alphabet)
        var state = seed &* 0x9e37_79b9_7f4a_7c15 | 1
        return String(
            (0..<count).map { _ in
                state ^= state << 13
                state ^= state >> 7
                state ^= state << 17
                return characters[Int(state >> 33) % characters.count]
            })
    }

    package struct Row: Sendable, CustomStringConvertible {
        package let kind: String
        package let secret: String
        package var description: String { kind + " " + secret.prefix(12) }

        package init(_ kind: String, _ secret: String) {
            self.kind = kind
            self.secret = secret
        }
    }

    /// Tokens that are known wherever they stand.
    package static let tokens: [Row] = [
        Row("OpenAI key", "sk-" + body(48)), Row("OpenAI key", "sk-proj-" + body(40) + "_-" + body(40)),
        Row("OpenAI key", "sk-svcacct-" + body(60)), Row("OpenAI key", "sk-admin-" + body(60)),
        Row("Anthropic key", "sk-ant-api03-" + body(80) + "-" + body(10)),
        Row("OpenRouter key", "sk-or-v1-" + body(64, hex)),
        Row("GitHub token", "ghp_" + body(36)), Row("GitHub token", "gho_" + body(36)),
        Row("GitHub token", "ghs_" + body(36)), Row("GitHub token", "ghu_" + body(36)),
        Row("GitHub token", "ghr_" + body(36)),
        Row("GitHub token", "github_pat_" + body(22) + "_" + body(59)), Row("GitLab token", "glpat-" + body(20)),
        Row("GitLab token", "glrt-" + body(20)), Row("AWS access key", "AKIA" + body(16, upper)),
        Row("AWS access key", "ASIA" + body(16, upper)), Row("Google API key", "AIza" + body(35)),
        Row("Google OAuth secret", "GOCSPX-" + body(28)), Row("Google OAuth token", "ya29." + body(60)),
        Row("Slack token", "xoxb-" + body(12, "0123456789") + "-" + body(12, "0123456789") + "-" + body(24)),
        Row("Slack token", "xoxp-" + body(60)), Row("Slack token", "xapp-1-" + body(60)),
        Row("Stripe key", "sk_live_" + body(24)), Row("Stripe key", "rk_test_" + body(24)),
        Row("Stripe key", "whsec_" + body(32)),
        Row("Twilio key", "SK" + body(32, hex)), Row("SendGrid key", "SG." + body(22) + "." + body(43)),
        Row("Mailgun key", "key-" + body(32, hex)), Row("npm token", "npm_" + body(36)),
        Row("PyPI token", "pypi-AgEIcHlwaS5vcmc" + body(60)), Row("Docker Hub token", "dckr_pat_" + body(27)),
        Row("JSON web token", "eyJ" + body(20) + ".eyJ" + body(60) + "." + body(43)),
        Row("age key", "AGE-SECRET-KEY-1" + body(58, upper)),
        Row("Telegram bot token", body(9, "123456789") + ":AA" + body(33)),
        Row("Discord token", "MTA" + body(21) + "." + body(6) + "." + body(27)), Row("Heroku key", "HRKU-" + body(60)),
        Row("DigitalOcean token", "dop_v1_" + body(64, hex)), Row("Databricks token", "dapi" + body(32, hex)),
        Row("Hugging Face token", "hf_" + body(34)), Row("Vault token", "hvs." + body(24)),
        Row("Vault token", "hvb." + body(90)),
        Row("Atlassian token", "ATATT3" + body(180)), Row("Linear key", "lin_api_" + body(40)),
        Row("Notion token", "ntn_" + body(46)), Row("Shopify token", "shpat_" + body(32, hex)),
        Row("Square token", "sq0csp-" + body(43)), Row("New Relic key", "NRAK-" + body(27, upper)),
        Row("Terraform token", body(14) + ".atlasv1." + body(67)),
        Row("Azure client secret", body(3) + "8Q~" + body(34)),
        Row("Grafana token", "glsa_" + body(32) + "_" + body(8, hex)),
        Row("Sentry token", "sntryu_" + body(64, hex)), Row("RubyGems key", "rubygems_" + body(48, hex)),
        Row("PlanetScale token", "pscale_pw_" + body(43)), Row("Doppler token", "dp.pt." + body(43)),
        Row("Supabase key", "sbp_" + body(40, hex)), Row("Postman key", "PMAK-" + body(24, hex) + "-" + body(34, hex)),
        Row("Groq key", "gsk_" + body(52)), Row("Figma token", "figd_" + body(40)),
        Row("Pulumi token", "pul-" + body(40, hex)),
        Row("SonarQube token", "sqp_" + body(40, hex)), Row("Artifactory key", "AKCp" + body(69)),
        Row("Tailscale key", "tskey-auth-" + body(30)), Row("1Password token", "ops_eyJ" + body(200)),
        Row("Cloudflare token", "cfut_" + body(48)),
    ]

    /// A text around a secret: what is before it, the secret, what is after it.
    package struct Place: Sendable, CustomStringConvertible {
        package let kind: String
        package let before: String
        package let secret: String
        package let after: String
        package var description: String { kind + " in " + before.prefix(40) }

        package init(_ kind: String, _ before: String, _ secret: String, _ after: String = "") {
            self.kind = kind
            self.before = before
            self.secret = secret
            self.after = after
        }
    }

    private static let lines = (0..<6).map { body(64, letters + "+/", seed: $0 + 1) }.joined(separator: "\n")

    /// Secrets that their surroundings give away.
    package static let places: [Place] =
        [
            Place("URL password", "postgresql://vocero:", body(12), "@db.internal:5432/app"),
            Place("URL password", "DATABASE_URL=postgres://u:", "p%40ss" + body(6), "@localhost/x?sslmode=require"),
            Place("URL password", "amqp://guest:", "guest", "@rabbit"),
            Place("URL password", "https://deploy:", body(10), "@example.org/a.git"),
            Place("URL token", "https://", body(24), "@git.example.org/a.git"),
            Place("GitHub token", "https://x-access-token:", "ghp_" + body(36), "@github.com/a/b"),
            Place(
                "Slack webhook", "https://hooks.slack.com/services/", "T" + body(8) + "/B" + body(8) + "/" + body(24)),
            Place("Discord webhook", "https://discord.com/api/webhooks/", body(18, "0123456789") + "/" + body(68)),
            Place("signed URL", "https://a.blob.core.windows.net/c?sv=2024-01-01&sig=", body(43) + "%3D", "&se=2027"),
            Place("bearer token", "Authorization: Bearer ", body(40)),
            Place("bearer token", "-H 'authorization: bearer ", body(32), "'"),
            Place("basic credentials", "Authorization: Basic ", "YWxhZGRpbjpvcGVuc2VzYW1l"),
            Place("registry credentials", #"{"auths":{"r.io":{"auth": ""#, "YWxhZGRpbjpvcGVuc2VzYW1l", #""}}}"#),
            Place("AWS secret", "aws_secret = ", body(40, letters + "+/")),
            Place("AWS key", "aws_secret_access_key = ", body(40, letters + "+/")),
            Place("password", "password = \"", "hunter2!x", "\""), Place("password", "DB_PASSWORD=", body(14)),
            Place("password", #"{"password": ""#, body(12), #""}"#),
            Place("password", "  passwd: '", "Tr0ub4dor&3", "'"),
            Place("password", "<password>", body(12), "</password>"),
            Place("password", "mysql --password ", body(14), " -h db"),
            Place("password", "machine a.b login me password ", body(12)),
            Place("secret", "client_secret: ", body(32)), Place("secret", "config[\"secret\"] = \"", body(32), "\""),
            Place("token", "let token: String = \"", body(40, hex), "\""), Place("token", "export CI_TOKEN=", body(32)),
            Place("token", "?access_token=", body(30), "&x=1"), Place("token", "PRIVATE-TOKEN: ", body(20)),
            Place("key", "api_key: \"", body(32, hex), "\""), Place("key", "apiKey = '", body(32), "'"),
            Place("key", "X-Api-Key: ", body(40)),
            Place("key", "AccountKey=", body(86, letters + "+/") + "==", ";Endpoint"),
            Place("key", #"{\"apiKey\": \""#, body(30), #"\"}"#),
            Place("Datadog key", "DATADOG_API_KEY=", body(32, hex)),
            Place("Heroku key", "HEROKU_API_KEY=", "0b7e3a10-93ab-4c52-9d3e-6a1f0c2b4d59"),
            Place("Cloudflare token", "CLOUDFLARE_API_TOKEN=", body(40)),
            Place("Twilio token", "TWILIO_AUTH_TOKEN=", body(32, hex)),
            Place("OpenAI key", "OPENAI_API_KEY=", "sk-proj-" + body(60)),
            Place("OpenAI key", "+OPENAI_API_KEY=\"", "sk-" + body(48), "\""),
            Place("OpenAI key", "\n-", "sk-proj-" + body(60), "\n"),
            Place("OpenAI key", "a\\n", "sk-proj-" + body(60), "\\n"),
        ]
        + ["", "RSA ", "EC ", "DSA ", "OPENSSH ", "ENCRYPTED "].flatMap { kind in
            [
                Place(
                    "private key", "a\n",
                    "-----BEGIN \(kind)PRIVATE KEY-----\n\(lines)\n-----END \(kind)PRIVATE KEY-----", "\nb"),
                Place("private key", "a\n", "-----BEGIN \(kind)PRIVATE KEY-----\n\(lines)"),
                Place("private key", "cut off:", "\n\(lines)\n-----END \(kind)PRIVATE KEY-----", "\nb"),
            ]
        } + [
            Place(
                "private key", #"{"private_key": ""#,
                "-----BEGIN PRIVATE KEY-----\\n" + lines.replacing("\n", with: "\\n") + "\\n-----END PRIVATE KEY-----",
                #"\n"}"#),
            Place(
                "PGP private key", "",
                "-----BEGIN PGP PRIVATE KEY BLOCK-----\nVersion: GnuPG v2\n\n\(lines)\n=abcd\n-----END PGP PRIVATE KEY BLOCK-----"
            ),
            Place(
                "private key", "",
                "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,AB12\n\n\(lines)\n-----END RSA PRIVATE KEY-----"
            ),
        ]
}
