package import Assistant
internal import Memory
internal import Redaction

extension Context {
    /// Keeps turns in the local spool alone, for who cannot wait for the store: the next command brings them in.
    package var spool: any Journal {
        let redactor = redactor
        return SpoolingJournal(
            primary: OfflineStore(), directory: spoolDirectory, allowSpoolFromStart: true,
            redact: { redactor.redacted($0) })
    }
}
