internal import Git
internal import Hashing
internal import OpenAI
internal import Redaction
internal import Settings

extension Context {
    /// Of one repository: what its hooks have to do in the background, and the latest digest.
    func hookDirectory(of repository: Repository) -> String {
        let name = ContentHash(ofText: repository.commonDirectory).description.prefix(16)
        return "\(settings.places.home)/hooks/\(name)"
    }

    /// Words requests where no endpoint is configured; nothing is sent with it.
    var unusedClient: OpenAIClient {
        OpenAIClient(endpoint: OpenAIEndpoint(baseURL: "https://api.openai.com/v1", key: nil), http: http)
    }
}

extension CommandFailure {
    /// As it may go into a log: on one line, without secrets.
    func logged(by redactor: SecretRedactor) -> CommandFailure {
        var failure = onOneLine
        failure.message = redactor.redacted(failure.message)
        return failure
    }

    /// Git's output is no place for more.
    var onOneLine: CommandFailure {
        CommandFailure(status, message.split(whereSeparator: \.isNewline).joined(separator: " "))
    }
}
