/// A token that is known by its first bytes.
struct TokenRule: Sendable {
    let kind: String
    let prefix: [UInt8]
    let body: Alphabet
    let count: ClosedRange<Int>
    /// Also no `+`, `/`, `=`, `-` or `.` before it: for prefixes that turn up within base64.
    let isStandingAlone: Bool

    init(
        _ kind: String, _ prefix: String, _ body: Alphabet, _ count: ClosedRange<Int>, isStandingAlone: Bool = false
    ) {
        self.kind = kind
        self.prefix = Array(prefix.utf8)
        self.body = body
        self.count = count
        self.isStandingAlone = isStandingAlone
    }

    func finding(in text: ScannedText, at index: Int) -> SecretRedactor.Finding? {
        guard text.has(prefix, at: index), text.isWordStart(index) || isGlued(text, index) else { return nil }
        // An equals sign ends base64; what follows it is a value.
        if isStandingAlone, text[index - 1] != UInt8(ascii: "="), Alphabet.token.contains(text[index - 1]) {
            return nil
        }
        let start = index + prefix.count
        let end = text.end(of: body, from: start, atMost: count.upperBound + 1)
        guard count.contains(end - start), !Alphabet.word.contains(text[end]) else { return nil }
        guard SecretHeuristics.isRandom(text.bytes[start..<end]) else { return nil }
        return text.found(index..<end, kind)
    }

    /// Behind a hyphen or an underscore, as in `v-ghp_…`: a prefix that ends with a sign of its own is known there, too.
    private func isGlued(_ text: ScannedText, _ index: Int) -> Bool {
        guard let last = prefix.last, prefix.count >= 3, !last.isLetter, !last.isDigit else { return false }
        return "-_".utf8.contains(text[index - 1]) && count.lowerBound >= 16
    }

    private static let long = 500

    /// Made from prefixes that share all else.
    private static func rules(
        _ kind: String, _ prefixes: [String], _ body: Alphabet, _ count: ClosedRange<Int>
    ) -> [TokenRule] {
        prefixes.map { TokenRule(kind, $0, body, count) }
    }

    static let all: [TokenRule] = models + forges + clouds + services + registries + observers

    private static let models: [TokenRule] =
        rules("Anthropic key", ["sk-ant-"], .url, 20...long)
        + rules("OpenRouter key", ["sk-or-v1-"], .hex, 32...128)
        + rules("Langfuse key", ["sk-lf-"], .url, 20...80)
        + rules("OpenAI key", ["sk-proj-", "sk-svcacct-", "sk-admin-", "sk-None-"], .url, 20...long)
        + rules("OpenAI key", ["sk-"], .alphanumeric, 20...200)
        + rules("Hugging Face token", ["hf_", "api_org_"], .alphanumeric, 30...60)
        + rules("Groq key", ["gsk_"], .alphanumeric, 40...80)
        + rules("Perplexity key", ["pplx-"], .alphanumeric, 32...80)
        + rules("Replicate token", ["r8_"], .alphanumeric, 32...60)
        + rules("xAI key", ["xai-"], .alphanumeric, 40...120)
        + rules("Tavily key", ["tvly-"], .url, 20...80)
        + rules("Pinecone key", ["pcsk_"], .word, 40...100)
        + rules("LangSmith key", ["lsv2_pt_", "lsv2_sk_", "ls__"], .word, 30...100)

    private static let forges: [TokenRule] =
        rules("GitHub token", ["ghp_", "gho_", "ghu_", "ghs_", "ghr_"], .word, 30...long)
        + rules("GitHub token", ["github_pat_"], .word, 30...long)
        + rules(
            "GitLab token",
            [
                "glpat-", "gldt-", "glrt-", "glcbt-", "glptt-", "glft-", "glsoat-", "glimt-", "glagent-", "glffct-",
                "GR1348941",
            ], .dotted, 18...300)
        + rules("Bitbucket token", ["ATBB", "BBDC-"], .alphanumeric, 28...100)
        + rules("Atlassian token", ["ATATT3", "ATCTT3", "ATSTT3"], .anyBase64, 40...long)
        + rules("Sourcegraph token", ["sgp_"], .word, 40...100)
        + rules("Linear key", ["lin_api_", "lin_oauth_"], .alphanumeric, 32...80)
        + rules("Notion token", ["ntn_"], .alphanumeric, 40...60)
        + rules("Notion token", ["secret_"], .alphanumeric, 43...43)
        + rules("Airtable token", ["pat"], .dotted, 79...79)
        + rules("Figma token", ["figd_", "figu_"], .url, 36...80)
        + rules("Postman key", ["PMAK-"], .url, 40...80)
        + rules("CircleCI token", ["CCIPAT_", "CCIPRJ_"], .word, 40...100)
        + rules("Buildkite token", ["bkua_"], .lowerHex, 40...40)

    private static let clouds: [TokenRule] =
        rules("AWS access key", ["AKIA", "ASIA", "ABIA", "ACCA"], .upperAlphanumeric, 16...16)
        + rules("AWS Bedrock key", ["ABSK"], .base64, 100...250)
        + rules("Google API key", ["AIza"], .url, 35...35)
        + rules("Google OAuth token", ["ya29."], .dotted, 20...long)
        + rules("Google OAuth secret", ["GOCSPX-"], .url, 24...40)
        + rules("Google refresh token", ["1//0"], .url, 30...200)
        + rules("Alibaba access key", ["LTAI"], .alphanumeric, 16...26)
        + rules("Tencent secret id", ["AKID"], .alphanumeric, 32...32)
        + rules("DigitalOcean token", ["dop_v1_", "doo_v1_", "dor_v1_"], .lowerHex, 64...64)
        + rules("Heroku key", ["HRKU-"], .url, 36...100)
        + rules("Databricks token", ["dapi"], Alphabet("0123456789abcdef-"), 32...36)
        + rules("Vault token", ["hvs.", "hvb.", "hvr."], .url, 20...300)
        + rules("Cloudflare key", ["v1.0-"], Alphabet("0123456789abcdef-"), 150...200)
        + rules("Cloudflare token", ["cfut_", "cfat_", "cfk_"], .url, 32...80)
        + rules("Pulumi token", ["pul-"], .lowerHex, 40...40)
        + rules("Doppler token", ["dp.pt.", "dp.st.", "dp.sa.", "dp.ct."], .dotted, 30...80)
        + rules("PlanetScale token", ["pscale_tkn_", "pscale_pw_", "pscale_oauth_"], .dotted, 30...80)
        + rules("Supabase key", ["sbp_", "sb_secret_"], .word, 30...80)
        + rules("Netlify token", ["nfp_"], .alphanumeric, 30...60)
        + rules("Fly.io token", ["fo1_", "fm1_", "fm2_"], .anyBase64, 40...long)
        + rules("Tailscale key", ["tskey-"], .url, 20...100)
        + rules("1Password token", ["ops_eyJ"], .anyBase64, 40...long)
        + rules("age key", ["AGE-SECRET-KEY-1"], .upperAlphanumeric, 50...64)

    private static let services: [TokenRule] =
        rules("Stripe key", ["sk_live_", "sk_test_", "rk_live_", "rk_test_", "whsec_"], .alphanumeric, 16...250)
        + rules(
            "Slack token", ["xoxb-", "xoxp-", "xoxa-", "xoxr-", "xoxs-", "xoxc-", "xoxd-", "xoxo-"], .url, 10...300)
        + rules("Slack token", ["xoxe-", "xoxe.", "xapp-"], .dotted, 10...300)
        + "0123456789abcdef".map { TokenRule("Twilio key", "SK\($0)", .lowerHex, 31...31) }
        + rules("Mailgun key", ["key-"], .lowerAlphanumeric, 32...32)
        + rules("Brevo key", ["xkeysib-", "xsmtpsib-"], .url, 60...120)
        + rules("Resend key", ["re_"], .word, 24...60)
        + rules("Mailersend token", ["mlsn."], .lowerHex, 60...70)
        + rules("Shopify token", ["shpat_", "shpca_", "shppa_", "shpss_"], .hex, 32...32)
        + rules("Square token", ["sq0atp-", "sq0csp-", "sq0idp-"], .url, 20...60)
        + [TokenRule("Square token", "EAAA", .url, 60...60, isStandingAlone: true)]
        + rules("PayPal token", ["access_token$production$", "access_token$sandbox$"], .payPal, 32...80)
        + [TokenRule("Facebook token", "EAA", .alphanumeric, 100...300, isStandingAlone: true)]
        + rules("Dropbox token", ["sl.B", "sl.u."], .url, 100...long)
        + rules("Mapbox token", ["sk.eyJ"], .dotted, 40...200)
        + rules("Typeform token", ["tfp_"], .dotted, 40...80)
        + rules("Discord token", ["mfa."], .url, 80...90)
        + rules("EasyPost key", ["EZAK", "EZTK"], .alphanumeric, 54...54)
        + rules("Contentful token", ["CFPAT-"], .url, 40...60)

    private static let registries: [TokenRule] =
        rules("npm token", ["npm_"], .alphanumeric, 36...36)
        + rules("PyPI token", ["pypi-AgE"], .url, 50...long)
        + rules("Docker Hub token", ["dckr_pat_", "dckr_oat_"], .url, 20...60)
        + rules("RubyGems key", ["rubygems_"], .lowerHex, 48...48)
        + rules("crates.io token", ["cio"], .alphanumeric, 32...32)
        + rules("Artifactory key", ["AKCp"], .alphanumeric, 60...80)
        + rules("NuGet key", ["oy2"], .lowerAlphanumeric, 43...43)

    private static let observers: [TokenRule] =
        rules("New Relic key", ["NRAK-", "NRJS-", "NRII-", "NRAA-", "NRRA-"], .url, 18...50)
        + rules("Grafana token", ["glsa_"], .word, 40...60)
        + rules("Grafana token", ["glc_"], .anyBase64, 32...long)
        + rules("Sentry token", ["sntrys_"], .anyBase64, 40...long)
        + rules("Sentry token", ["sntryu_"], .lowerHex, 64...64)
        + rules("SonarQube token", ["squ_", "sqp_", "sqa_"], .lowerHex, 40...40)
        + rules("Datadog key", ["ddapp_", "ddpat_"], .alphanumeric, 30...80)
}

extension Alphabet {
    fileprivate static let payPal = Alphabet("abcdefghijklmnopqrstuvwxyz0123456789$")
}
