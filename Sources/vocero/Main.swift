import Commands

@main enum Main {
    static func main() {
        Vocero.start()
    }
}
