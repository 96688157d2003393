import FoundationEssentials
import Testing

@testable import OfflineModel

struct `The offline planner` {
    // A Sunday.
    static let now = Date(timeIntervalSince1970: 1_795_348_800)

    @Test(arguments: [
        ("Summarize the last three commits.", Intent.log(.init(count: 3))),
        ("summarise the last 12 commits", .log(.init(count: 12))),
        ("Resume los últimos tres commits.", .log(.init(count: 3))),
        ("Resúmeme los tres últimos commits", .log(.init(count: 3))),
        ("Show me the commits by Ana Pérez", .log(.init(author: "Ana Pérez"))),
        ("commits by Author Two since v1.0", .log(.init(author: "Author Two", range: "v1.0..HEAD"))),
        ("los commits de Ana Pérez", .log(.init(author: "Ana Pérez"))),
        ("show the last commit", .log(.init(count: 1))),
        ("What changed since v1.0?", .log(.init(range: "v1.0..HEAD"))),
        ("qué cambió desde v1.0", .log(.init(range: "v1.0..HEAD"))),
        ("What changed between v1.0 and main?", .changes(from: "v1.0", to: "main", path: nil)),
        ("qué cambió entre v1.0 y main", .changes(from: "v1.0", to: "main", path: nil)),
        ("diff v1.0..HEAD", .changes(from: "v1.0", to: "HEAD", path: nil)),
        (
            "What changed in src/main.swift between v1.0 and v2.0?",
            .changes(from: "v1.0", to: "v2.0", path: "src/main.swift")
        ),
        ("What changed in README.md?", .fileHistory(path: "README.md")),
        ("¿Qué cambió en README.md?", .fileHistory(path: "README.md")),
        ("Who wrote README.md?", .authorsOfFile(path: "README.md")),
        ("Quién escribió el README", .authorsOfFile(path: "README")),
        ("Create a notes file with the list of authors.", .createFile(path: "NOTES.md", content: .authors)),
        ("Crea un archivo de notas con la lista de autores.", .createFile(path: "NOTAS.md", content: .authors)),
        ("¿Quién cambió el archivo de configuración?", .lastChange(path: "config")),
        ("¿Qué ramas y etiquetas hay en el repositorio?", .branches(tags: true)),
        ("Who last changed the readme?", .lastChange(path: "README")),
        ("¿Quién cambió README.md por última vez?", .lastChange(path: "README.md")),
        ("Who are the authors?", .contributors),
        ("¿Quiénes son los autores?", .contributors),
        ("How many commits are there?", .countCommits),
        ("status", .status),
        ("¿Cuál es el estado del repositorio?", .status),
        ("List the branches and tags", .branches(tags: true)),
        ("Lista las ramas y las etiquetas", .branches(tags: true)),
        ("which tags are there", .tags),
        ("find \"parseHTTPResponse\"", .findText("parseHTTPResponse")),
        ("Where is the word timeout used?", .findText("timeout")),
        ("busca «tiempo de espera»", .findText("tiempo de espera")),
        ("find the file main.swift", .findFile("main.swift")),
        ("busca el archivo main.swift", .findFile("main.swift")),
        ("list the files", .listFiles),
        ("lista los archivos", .listFiles),
        ("read notes dot md", .readFile("notes.md")),
        ("lee el archivo notas.md", .readFile("notas.md")),
        (
            "create a file notes.md with the text Hello world.",
            .createFile(path: "notes.md", content: .text("Hello world"))
        ),
        ("crea un archivo NOTAS.md con la lista de autores", .createFile(path: "NOTAS.md", content: .authors)),
        ("create NOTES.md with the last 5 commits", .createFile(path: "NOTES.md", content: .commits(count: 5))),
        ("append \"one more line\" to notes.md", .appendToFile(path: "notes.md", content: "one more line")),
        ("añade la línea «uno más» al archivo notas.md", .appendToFile(path: "notas.md", content: "uno más")),
        ("delete the file old.txt", .deleteFile("old.txt")),
        ("borra viejo.txt", .deleteFile("viejo.txt")),
        ("create a branch called feature/login", .createBranch("feature/login")),
        ("crea una rama llamada arreglo", .createBranch("arreglo")),
        ("commit everything with the message \"Fix the parser\"", .commit(message: "Fix the parser")),
        ("haz un commit con el mensaje «Arregla el analizador»", .commit(message: "Arregla el analizador")),
        ("What did I ask about the parser?", .recall(about: "the parser")),
        ("¿Qué pregunté sobre el analizador?", .recall(about: "el analizador")),
        ("help", .help),
        ("¿qué puedes hacer?", .help),
        ("sing me a song", .unknown),
        ("", .unknown),
        ("create a file", .incomplete(.fileName)),
        ("create a branch", .incomplete(.branchName)),
        ("make a commit", .incomplete(.commitMessage)),
    ])
    func `reads the intent of a request`(text: String, intent: Intent) {
        #expect(IntentReader(text, now: Self.now).intent() == intent)
    }

    @Test(arguments: [
        ("commits since yesterday", 1), ("commits desde ayer", 1), ("commits since Friday", 2),
        ("los commits desde el viernes", 2),
        ("commits in the last 3 days", 3), ("commits de los últimos 3 días", 3), ("commits of the last week", 7),
        ("commits de la semana pasada", 7),
    ])
    func `reads since when`(text: String, daysBack: Int) throws {
        guard case .log(let query) = IntentReader(text, now: Self.now).intent() else {
            Issue.record("no log: \(text)")
            return
        }
        let since = try Date(try #require(query.dates?.since), strategy: .iso8601)
        #expect(Int((Self.now.timeIntervalSince(since) / 86_400).rounded(.down)) == daysBack)
    }
}
