import Testing

@testable import Application

struct `The rows of a dump` {
    private static let text = #"""
        -- PostgreSQL database dump
        SET search_path = '';
        COPY public.messages (id, content) FROM stdin;
        1	COPY public.runs (id) FROM stdin;
        2	\\.
        3	a line\nand another
        \.


        COPY public."odd name" (id) FROM stdin;
        \.

        COPY public.runs (id) FROM stdin;
        1
        \.

        """#

    @Test(arguments: [1, 3, 7, 64, 4_096])
    func `are counted by table, however it is cut`(size: Int) {
        var counts = DumpCounts()
        let bytes = Array(Self.text.utf8)
        for start in stride(from: 0, to: bytes.count, by: size) {
            bytes[start..<min(bytes.count, start + size)].withUnsafeBytes { counts.take($0) }
        }
        #expect(counts.rows == ["public.messages": 3, "public.\"odd name\"": 0, "public.runs": 1])
    }

    @Test func `are said in words`() {
        let contents = DatabaseContents(rows: [
            "public.messages": 2, "public.chat_sessions": 1, "public.runs": 1, "public.batches": 2,
            "public.batch_items_1": 3, "public.batch_items_2": 4, "public.schema_migrations": 2,
        ])
        #expect(contents.words == "2 messages in 1 session, 1 run, 2 batches with 7 items")
        #expect(contents.isOurs)
        #expect(!DatabaseContents(rows: ["public.users": 1]).isOurs)
    }

    @Test(
        arguments: [
            ([(12, "a"), (18, "b"), (17, "c")], 17, "c"), ([(12, "a"), (19, "b"), (18, "c")], 17, "c"),
            ([(12, "a"), (16, "b")], 17, nil), ([], 17, nil), ([(17, "a"), (17, "b")], 17, "a"),
        ] as [([(Int, String)], Int, String?)])
    func `are read by the program that fits the server`(found: [(Int, String)], server: Int, best: String?) {
        #expect(ServerPrograms.best(found.map { (path: $0.1, major: $0.0) }, for: server) == best)
    }

    @Test(
        arguments: [
            ("pg_dump (PostgreSQL) 18.6\n", 18), ("pg_dump (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)\n", 15),
            ("psql (PostgreSQL) 19devel", 19), ("pg_dump", nil), ("", nil),
        ] as [(String, Int?)])
    func `know their programs' versions`(text: String, major: Int?) {
        #expect(ServerPrograms.major(in: text) == major)
    }
}
