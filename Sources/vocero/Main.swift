import Commands

@main enum Main {
    static func main() {
        CommandRun.main()
    }
}
