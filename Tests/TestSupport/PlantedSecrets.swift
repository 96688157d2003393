/// Files with secrets in them, as people commit them by mistake. The secrets are made when the tests run.
package enum PlantedSecrets {
    package struct File: Sendable, CustomStringConvertible {
        package let kind: String
        package let lines: [String]
        /// What must not be seen, not even a piece of it.
        package let secrets: [String]
        package var description: String { kind }

        package init(_ kind: String, _ lines: [String], _ secrets: String...) {
            self.init(kind, lines, secrets)
        }

        package init(_ kind: String, _ lines: [String], _ secrets: [String]) {
            self.kind = kind
            self.lines = lines
            self.secrets = secrets
        }
    }

    private static let digits = "0123456789"
    private static let base64 = FakeSecrets.letters + "+/"

    private static func body(_ count: Int, _ alphabet: String = FakeSecrets.letters, _ seed: UInt64 = 11) -> String {
        FakeSecrets.body(count, alphabet, seed: seed)
    }

    private static func hex(_ count: Int, _ seed: UInt64 = 12) -> String { body(count, FakeSecrets.hex, seed) }

    /// One secret in one line of code.
    private static func line(_ kind: String, _ before: String, _ secret: String, _ after: String = "") -> File {
        File(kind, ["# settings", before + secret + after, "# end"], secret)
    }

    package static let tokens: [File] = [
        line("AWS access key id", "aws_access_key_id = ", "AKIA" + body(16, FakeSecrets.upper)),
        line("AWS secret access key", "aws_secret_access_key = ", body(40, base64)),
        line("AWS secret in code", "const secretAccessKey = \"", body(40, base64), "\";"),
        line("AWS session token", "AWS_SESSION_TOKEN=", "IQoJb3JpZ2luX2Vj" + body(200, base64)),
        line("AWS Bedrock key", "key: ", "ABSK" + body(120, base64)),
        line("GitHub classic token", "GITHUB_TOKEN=", "ghp_" + body(36)),
        line("GitHub fine-grained token", "token: ", "github_pat_" + body(22) + "_" + body(59)),
        line("GitHub app token", "  auth = '", "ghs_" + body(36), "'"),
        line("GitHub refresh token", "echo ", "ghr_" + body(36)),
        line("GitLab token", "PRIVATE-TOKEN: ", "glpat-" + body(20)),
        line("GitLab runner token", "token = \"", "glrt-" + body(20), "\""),
        line("Bitbucket app password", "BITBUCKET=", "ATBB" + body(32)),
        line("Slack bot token", "slack: ", "xoxb-" + body(12, digits) + "-" + body(12, digits) + "-" + body(24)),
        line("Slack app token", "SLACK=", "xapp-1-A" + body(10) + "-" + body(13, digits) + "-" + hex(64)),
        line(
            "Slack webhook", "url = https://hooks.slack.com/services/",
            "T" + body(8, FakeSecrets.upper) + "/B" + body(8, FakeSecrets.upper) + "/" + body(24)),
        line("Stripe live key", "Stripe.api_key = '", "sk_live_" + body(24), "'"),
        line("Stripe restricted key", "STRIPE=", "rk_live_" + body(90)),
        line("Stripe webhook secret", "endpoint_secret = \"", "whsec_" + body(32), "\""),
        line("OpenAI key", "OPENAI_API_KEY=", "sk-" + body(20) + "T3BlbkFJ" + body(20)),
        line("OpenAI project key", "client = OpenAI(api_key=\"", "sk-proj-" + body(74) + "T3BlbkFJ" + body(74), "\")"),
        line("Anthropic key", "x-api-key: ", "sk-ant-api03-" + body(93) + "AA"),
        line("Google API key", "maps.googleapis.com/maps/api/js?key=", "AIza" + body(35), "&v=3"),
        line("Google OAuth client secret", "\"client_secret\":\"", "GOCSPX-" + body(28), "\","),
        line("Google OAuth refresh token", "refresh_token=", "1//0" + body(60)),
        line("Google OAuth access token", "access: ", "ya29.a0" + body(80)),
        line("Azure client secret", "clientSecret = ", body(3) + "8Q~" + body(34)),
        line(
            "Azure storage connection string",
            "DefaultEndpointsProtocol=https;AccountName=shop;AccountKey=", body(86, base64) + "==",
            ";EndpointSuffix=core.windows.net"),
        line(
            "Azure service bus", "Endpoint=sb://a.servicebus.windows.net/;SharedAccessKeyName=x;SharedAccessKey=",
            body(43, base64) + "="),
        line(
            "Azure shared access signature", "https://a.blob.core.windows.net/c?sv=2024-01-01&sp=r&sig=",
            body(43) + "%3D", "&se=2027"),
        line("Azure SQL connection string", "Server=tcp:a.database.windows.net;User ID=sa;Password=", body(16), ";"),
        line("Azure DevOps token", "AZURE_DEVOPS_EXT_PAT=", body(52, "abcdefghijklmnopqrstuvwxyz234567")),
        line("npm token", "//registry.npmjs.org/:_authToken=", "npm_" + body(36)),
        line("npm legacy token", "//registry.npmjs.org/:_authToken=", "0b7e3a10-93ab-4c52-9d3e-6a1f0c2b4d59"),
        line("npm password", "_auth = ", "YWRtaW46aHVudGVyMi1zZWNyZXQ="),
        line("PyPI token", "password = ", "pypi-AgEIcHlwaS5vcmc" + body(70)),
        line("Docker Hub token", "docker login -u me -p ", "dckr_pat_" + body(27)),
        line("Docker config", #"{"auths":{"r.io":{"auth":""#, "bWU6aHVudGVyMi1zZWNyZXQtMQ==", #""}}}"#),
        line("RubyGems key", ":rubygems_api_key: ", "rubygems_" + hex(48)),
        line(
            "NuGet key", "<add key=\"ClearTextPassword\" value=\"", "oy2" + body(43, "abcdefghijklmnop234567"), "\" />"),
        line("crates.io token", "token = \"", "cio" + body(32), "\""),
        line("Artifactory key", "JF=", "AKCp" + body(69)),
        line("Twilio auth token", "TWILIO_AUTH_TOKEN=", hex(32)),
        line("Twilio API key", "client = Client(\"", "SK" + hex(32), "\")"),
        line("SendGrid key", "SENDGRID=", "SG." + body(22) + "." + body(43)),
        line("Mailgun key", "MAILGUN=", "key-" + hex(32)),
        line("Mailgun new key", "MAILGUN_API_KEY=", hex(32) + "-" + hex(8) + "-" + hex(8)),
        line("Mailchimp key", "mc = \"", hex(32) + "-us12", "\""),
        line("Brevo key", "apiKey: ", "xkeysib-" + hex(64) + "-" + body(16)),
        line("Telegram bot token", "bot = Bot('", body(9, "123456789") + ":AA" + body(33), "')"),
        line("Discord bot token", "client.login('", "MTA" + body(21) + "." + body(6) + "." + body(27), "');"),
        line(
            "Discord webhook", "https://discord.com/api/webhooks/", body(18, digits) + "/" + body(68)),
        line("Teams webhook", "https://a.webhook.office.com/webhookb2/", hex(32) + "/IncomingWebhook/" + hex(32)),
        line("Heroku key", "HEROKU_API_KEY=", "0b7e3a10-93ab-4c52-9d3e-6a1f0c2b4d59"),
        line("Heroku token", "HK=", "HRKU-" + body(60)),
        line("DigitalOcean token", "do: ", "dop_v1_" + hex(64)),
        line("Fly.io token", "FLY_API_TOKEN=\"", "FlyV1 fm2_" + body(120, base64), "\""),
        line("Netlify token", "NETLIFY=", "nfp_" + body(40)),
        line("Vercel token", "VERCEL_TOKEN=", body(24)),
        line("Cloudflare token", "CLOUDFLARE_API_TOKEN=", body(40)),
        line("Cloudflare origin key", "ca: ", "v1.0-" + hex(24) + "-" + hex(146)),
        line("Shopify token", "shop = '", "shpat_" + hex(32), "'"),
        line("Square token", "sq: ", "sq0atp-" + body(22)),
        line("Square access token", "SQUARE=", "EAAA" + body(60)),
        line(
            "PayPal token", "paypal: access_token$production$", body(16, "abcdefghijklmnop0123456789") + "$" + hex(32)),
        line("Razorpay secret", "razorpay_key_secret = '", body(24), "'"),
        line("Plaid secret", "PLAID_SECRET=", hex(30)),
        line("JSON web token", "jwt = \"", "eyJhbGciOiJIUzI1NiJ9.eyJ" + body(80) + "." + body(43), "\""),
        line("HashiCorp Vault token", "export VAULT_TOKEN=", "hvs." + body(90)),
        line("HashiCorp Vault legacy token", "VAULT_TOKEN=", "s." + body(24)),
        line("Terraform Cloud token", "token = \"", body(14) + ".atlasv1." + body(67), "\""),
        line("Databricks token", "databricks: ", "dapi" + hex(32)),
        line("Snowflake password", "snowflake.connect(user='a', password='", body(14), "')"),
        line("Linear key", "LINEAR=", "lin_api_" + body(40)),
        line("Notion token", "notion = Client(auth=\"", "ntn_" + body(46), "\")"),
        line("Airtable token", "AT=", "pat" + body(14) + "." + hex(64)),
        line("Atlassian token", "jira: ", "ATATT3" + body(186)),
        line("Asana token", "ASANA=", "1/" + body(16, digits) + ":" + hex(32)),
        line("Datadog key", "DD_API_KEY=", hex(32)),
        line("Datadog application key", "datadog_app_key: ", hex(40)),
        line("New Relic key", "newrelic: ", "NRAK-" + body(27, FakeSecrets.upper)),
        line("New Relic license key", "NEW_RELIC_LICENSE_KEY=", hex(36) + "NRAL"),
        line("Grafana service account", "Authorization: Bearer ", "glsa_" + body(32) + "_" + hex(8)),
        line("Grafana Cloud token", "GC=", "glc_eyJ" + body(100, base64)),
        line("Sentry token", "SENTRY_AUTH_TOKEN=", "sntrys_" + body(150, base64)),
        line("Sentry DSN", "dsn: https://\(hex(32, 92)):", hex(32, 13), "@o1.ingest.sentry.io/1"),
        line("PagerDuty key", "pagerduty_routing_key: ", hex(32)),
        line("Opsgenie key", "OPSGENIE_API_KEY=", "0b7e3a10-93ab-4c52-9d3e-6a1f0c2b4d60"),
        line("Doppler token", "DOPPLER=", "dp.st.prd." + body(43)),
        line("1Password token", "OP=", "ops_eyJ" + body(300)),
        line("Tailscale key", "ts: ", "tskey-auth-" + body(12) + "-" + body(32)),
        line("Pulumi token", "PULUMI=", "pul-" + hex(40)),
        line("PlanetScale password", "ps: ", "pscale_pw_" + body(43)),
        line("Supabase key", "sb: ", "sb_secret_" + body(32)),
        line("MongoDB Atlas key", "atlas_private_key = \"", "0b7e3a10-93ab-4c52-9d3e-6a1f0c2b4d61", "\""),
        line("Hugging Face token", "hf = '", "hf_" + body(34), "'"),
        line("Groq key", "groq: ", "gsk_" + body(52)),
        line("Replicate token", "REPLICATE=", "r8_" + body(37)),
        line("Figma token", "figma: ", "figd_" + body(40)),
        line("Postman key", "postman: ", "PMAK-" + hex(24) + "-" + hex(34)),
        line("SonarQube token", "sonar: ", "squ_" + hex(40)),
        line("Facebook token", "fb: ", "EAA" + body(150)),
        line("Twitter bearer token", "bearer: Bearer ", "AAAAAAAAAAAAAAAAAAAAA" + body(80)),
        line("Twitch secret", "twitch_client_secret=", body(30, "abcdefghijklmnopqrstuvwxyz0123456789")),
        line("Okta token", "okta_api_token = \"", "00" + body(40), "\""),
        line("Auth0 secret", "AUTH0_CLIENT_SECRET=", body(64)),
        line("Algolia admin key", "algolia_admin_key: ", hex(32)),
        line("Dropbox token", "dropbox: ", "sl.B" + body(130)),
        line("Codecov token", "CODECOV_TOKEN=", "0b7e3a10-93ab-4c52-9d3e-6a1f0c2b4d62"),
        line("Snyk token", "SNYK_TOKEN=", "0b7e3a10-93ab-4c52-9d3e-6a1f0c2b4d63"),
        line("age key", "", "AGE-SECRET-KEY-1" + body(58, "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L")),
        line("Rails secret key base", "secret_key_base: ", hex(128)),
        line("Django secret key", "SECRET_KEY = 'django-insecure-", body(50, FakeSecrets.letters + "!@#^&*-_"), "'"),
        line("WordPress salt", "define('AUTH_KEY', '", body(64, FakeSecrets.letters + "!@#^&*-_"), "');"),
        line("Laravel key", "APP_KEY=base64:", body(43, base64) + "="),
        line("WireGuard key", "PrivateKey = ", body(43, base64) + "="),
        line("Matrix token", "access_token: ", "syt_" + body(24) + "_" + body(20) + "_" + body(6)),
    ]

    package static let surroundings: [File] = [
        line("basic-auth URL", "git clone https://deploy:", body(16), "@example.org/a.git"),
        line("PostgreSQL URL", "DATABASE_URL=postgres://app:", body(16), "@db.internal:5432/app"),
        line("MongoDB URL", "mongodb+srv://app:", body(16), "@cluster0.mongodb.net/app"),
        line("Redis URL", "REDIS_URL=redis://:", body(16), "@cache:6379/0"),
        line("AMQP URL", "amqps://app:", body(16), "@rabbit/vhost"),
        line("JDBC URL", "jdbc:mysql://db/app?user=app&password=", body(16), "&useSSL=true"),
        line("libpq string", "psql \"host=db user=app password=", body(16), " dbname=app\""),
        line("ODBC string", "Driver={PG};Server=db;Uid=app;Pwd=", body(16), ";"),
        line("pgpass", "db.internal:5432:app:app:", body(16)),
        line("netrc line", "machine example.org login me password ", body(16)),
        File("netrc file", ["machine example.org", "  login me", "  password \(body(16))"], body(16)),
        line("git credentials", "https://me:", body(20), "@github.com"),
        line("curl user", "curl -u admin:", body(16), " https://example.org"),
        line("sshpass", "sshpass -p ", body(16), " ssh db"),
        line("mysql option", "mysql -u root --password=", body(16), " app"),
        line("bearer header", "-H \"Authorization: Bearer ", body(40), "\""),
        line("basic header", "Authorization: Basic ", "YWRtaW46aHVudGVyMi1zZWNyZXQ="),
        line("token header", "Authorization: token ", body(40)),
        line("API key header", "X-Api-Key: ", body(40)),
        line("cookie header", "Cookie: theme=dark; sessionid=", body(32)),
        line("set-cookie header", "Set-Cookie: session=", body(40), "; HttpOnly"),
        line("signed cookie", "curl --cookie 'PHPSESSID=", body(26), "' https://example.org"),
        line("password in Swift", "let password = \"", "Tr0ub4dor&3-horse", "\""),
        line("password in Python", "PASSWORD = '", "Tr0ub4dor&3-horse", "'"),
        line("password in Go", "password := \"", "Tr0ub4dor&3-horse", "\""),
        line("password in Java", "private static final String DB_PASSWORD = \"", "Tr0ub4dor&3-horse", "\";"),
        line("password in PHP", "'password' => '", "Tr0ub4dor&3-horse", "',"),
        line("password in Rust", "password: \"", "Tr0ub4dor&3-horse", "\".into(),"),
        line("password in JavaScript", "{ user: 'a', password: `", "Tr0ub4dor&3-horse", "` }"),
        line("password in C", "#define DB_PASSWORD \"", "Tr0ub4dor&3-horse", "\""),
        line("password in PowerShell", "ConvertTo-SecureString -AsPlainText \"", "Tr0ub4dor&3-horse", "\""),
        line("password in SQL", "CREATE USER app WITH PASSWORD '", "Tr0ub4dor&3-horse", "';"),
        line("password in MySQL", "CREATE USER app IDENTIFIED BY '", "Tr0ub4dor&3-horse", "';"),
        line("password in env", "DB_PASS=", body(16)),
        line("password in YAML", "  password: ", body(16)),
        line("password in JSON", #"  "dbPassword": ""#, "Tr0ub4dor&3-horse", #"","#),
        line("password in TOML", "password = \"", "Tr0ub4dor&3-horse", "\""),
        line("password in properties", "spring.datasource.password=", body(16)),
        line("password in XML", "<property name=\"password\" value=\"", "Tr0ub4dor&3-horse", "\"/>"),
        line("password in Dockerfile", "ENV POSTGRES_PASSWORD ", body(16)),
        line("password in Terraform", "  master_password      = \"", "Tr0ub4dor&3-horse", "\""),
        line("password in Spanish", "contraseña = \"", "Tr0ub4dor&3-horse", "\""),
        line("htpasswd", "admin:$apr1$", body(8) + "$" + body(22)),
        line("shadow", "root:$6$", body(16) + "$" + body(86), ":19000:0:99999:7:::"),
        line("high-entropy secret", "SIGNING_SECRET=", hex(64)),
        line("webhook secret", "webhook_secret: '", body(40), "'"),
        line("encryption key", "encryption_key = \"", body(43, base64) + "=", "\""),
        line("JavaScript API key", "const apiKey = '", body(40), "';"),
        line("Kotlin API key", "buildConfigField(\"String\", \"API_KEY\", \"\\\"", body(40), "\\\"\")"),
    ]

    private static func keyLines(_ count: Int, width: Int) -> [String] {
        (0..<count).map { body(width, base64, UInt64($0) + 40) } + [body(22, base64, 39) + "=="]
    }

    private static func pem(_ label: String, width: Int = 64, headers: [String] = [], _ indent: String = "") -> [String]
    {
        (["-----BEGIN \(label)-----"] + headers + keyLines(9, width: width) + ["-----END \(label)-----"]).map {
            indent + $0
        }
    }

    /// Secrets of many lines. Of the keys, a part gives itself away without the rest of the file.
    package static let keys: [File] = [
        File("RSA key", pem("RSA PRIVATE KEY"), keyLines(9, width: 64)),
        File("EC key", pem("EC PRIVATE KEY"), keyLines(9, width: 64)),
        File("PKCS #8 key", pem("PRIVATE KEY"), keyLines(9, width: 64)),
        File(
            "encrypted key",
            pem("RSA PRIVATE KEY", headers: ["Proc-Type: 4,ENCRYPTED", "DEK-Info: AES-128-CBC,AB12", ""]),
            keyLines(9, width: 64)),
        File("OpenSSH key", pem("OPENSSH PRIVATE KEY", width: 70), keyLines(9, width: 70)),
        File(
            "PGP key", pem("PGP PRIVATE KEY BLOCK", headers: ["Version: GnuPG v2", ""]), keyLines(9, width: 64)),
        File("key in YAML", ["tls:", "  key: |"] + pem("RSA PRIVATE KEY", "    "), keyLines(9, width: 64)),
        File(
            "PuTTY key",
            [
                "PuTTY-User-Key-File-3: ssh-rsa", "Encryption: none", "Comment: me", "Public-Lines: 1", "AAAAB3NzaC1",
                "Private-Lines: 10",
            ] + keyLines(9, width: 64) + ["Private-MAC: \(hex(64, 91))"], keyLines(9, width: 64)),
        File(
            "key in a program",
            ["let key ="] + pem("RSA PRIVATE KEY").map { "    \"\($0)\\n\" +" } + ["    \"\""],
            keyLines(9, width: 64)),
    ]

    package static let blocks: [File] = [
        File(
            "GCP service account",
            [
                "{", #"  "type": "service_account","#, #"  "private_key_id": "\#(hex(40))","#,
                #"  "private_key": "\#(pem("PRIVATE KEY").joined(separator: "\\n"))\n","#,
                #"  "client_email": "a@b.iam.gserviceaccount.com""#, "}",
            ], [hex(40)] + keyLines(9, width: 64)),
        File(
            "Kubernetes Secret",
            [
                "apiVersion: v1", "kind: Secret", "metadata:", "  name: db", "type: Opaque", "data:",
                "  username: YWRtaW5pc3RyYXRvcg==", "  value: c3VwZXItc2VjcmV0LXZhbHVl",
                "  tls.crt: TUlJRGpUQ0NBbldnQXdJQkFnSVVkbTlj",
            ], "YWRtaW5pc3RyYXRvcg==", "c3VwZXItc2VjcmV0LXZhbHVl", "TUlJRGpUQ0NBbldnQXdJQkFnSVVkbTlj"),
        File(
            "Kubernetes Secret in plain text",
            [
                "stringData:", "  config: Tr0ub4dor-horse-staple", "  other: \"correct-horse-9\"", "kind: Secret",
                "apiVersion: v1",
            ], "Tr0ub4dor-horse-staple", "correct-horse-9"),
        File(
            "YAML block scalar",
            ["database:", "  password: |", "    Tr0ub4dor&3-horse", "    staple-battery-77", "  host: db.internal"],
            "Tr0ub4dor&3-horse", "staple-battery-77"),
        File(
            "YAML folded scalar", ["token: >-", "  " + body(40), "  " + body(40, base64, 5), "name: a"], body(40),
            body(40, base64, 5)),
        File(
            "triple-quoted string", ["password = \"\"\"", "Tr0ub4dor&3-horse-staple", "\"\"\"", "user = \"a\""],
            "Tr0ub4dor&3-horse-staple"),
        File(
            "here document", ["client_secret = <<EOT", body(40), "EOT", "name = \"a\""], body(40)),
        File(
            "value on the next line", ["api_key:", "  " + body(40), "name: a"], body(40)),
        File(
            "Ansible vault",
            ["password: !vault |", "  $ANSIBLE_VAULT;1.1;AES256"]
                + (0..<5).map { "  " + body(80, digits, UInt64($0) + 3) },
            (0..<5).map { body(80, digits, UInt64($0) + 3) }),
        File(
            "Ansible vault file", ["$ANSIBLE_VAULT;1.2;AES256;prod"] + (0..<5).map { body(80, digits, UInt64($0) + 3) },
            (0..<5).map { body(80, digits, UInt64($0) + 3) }),
        File(
            "AWS credentials file",
            ["[default]", "aws_access_key_id=AKIA\(body(16, FakeSecrets.upper))", "aws_secret_access_key=\(body(40))"],
            "AKIA" + body(16, FakeSecrets.upper), body(40)),
        File(
            "Terraform provider",
            [
                "provider \"aws\" {", "  access_key = \"AKIA\(body(16, FakeSecrets.upper))\"",
                "  secret_key = \"\(body(40))\"", "}",
            ],
            "AKIA" + body(16, FakeSecrets.upper), body(40)),
        File(
            "Terraform state",
            ["{", #"  "type": "random_password","#, #"  "result": "\#(body(24))","#, #"  "special": false"#, "}"],
            body(24)),
        File(
            "kubeconfig", ["users:", "- name: admin", "  user:", "    client-key-data: " + body(200, base64)],
            body(200, base64)),
        File(
            "Docker compose", ["environment:", "  - MYSQL_ROOT_PASSWORD=\(body(16))", "  - TZ=UTC"], body(16)),
        File(
            "GitHub workflow", ["env:", "  DEPLOY_TOKEN: \(body(32))", "  CI: true"], body(32)),
        File(
            "Maven settings",
            [
                "<server>", "  <id>a</id>", "  <username>me</username>", "  <password>\(body(16))</password>",
                "</server>",
            ],
            body(16)),
    ]

    package static let all = tokens + surroundings + keys + blocks + more
}
