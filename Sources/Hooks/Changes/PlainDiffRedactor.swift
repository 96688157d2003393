import Redaction
struct DiffRedactor {
    let redactor: SecretRedactor;
    func redacted(_ p: String, old: String?, new: String?) -> String { redactor.redacted(p) }
}
