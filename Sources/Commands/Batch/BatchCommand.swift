internal import ArgumentParser

/// `vocero batch`
struct BatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "batch",
        abstract: "Work off a folder of prompts, on one machine or many, losing nothing and paying nothing twice.",
        discussion: """
            A prompt is a text or Markdown file, a recording, or a line of JSON. What is done stays done: a second run \
            does what is new or changed. Nobody is asked, so agents only read, unless --policy allows more. Examples:

              vocero batch run prompts                     answers in prompts-results
              vocero batch run prompts --dry-run           what there is to do and what it would cost
              vocero batch run prompts --max-cost 5
              cat questions.jsonl | vocero batch run - --output answers
              vocero batch work                            help, from any machine with the same DATABASE_URL
              vocero batch status
              vocero batch retry prompts && vocero batch resume prompts
              vocero batch export prompts --format csv > prompts.csv

            Ctrl-C once ends what is in flight, twice stops; `vocero batch resume` goes on. Exit status: 0 all done, \
            1 some failed, 3 some need an approval, 6 a limit was reached, 130 interrupted.
            """,
        subcommands: [
            BatchRunCommand.self, BatchWorkCommand.self, BatchStatusCommand.self, BatchResumeCommand.self,
            BatchRetryCommand.self, BatchCancelCommand.self, BatchExportCommand.self,
        ])
}
