import Testing

@testable import Retrieval

struct `Search words` {
    @Test(arguments: [
        ("parseHTTPResponse", "parsehttpresponse parse http response"),
        ("snake_case_name", "snakecasename snake case name"),
        ("kebab-case.swift", "kebab case swift"),
        ("__init__", "init"),
        ("utf8 v2", "utf8 utf 8 v2 2"),
        ("HTTP", "http"),
        ("iOS", "ios os"),
        ("XMLHttpRequest2", "xmlhttprequest2 xml http request 2"),
        ("getURL", "geturl get url"),
        ("CAMIÓN función ÑANDÚ", "camion funcion nandu"),
        ("cafe\u{301}", "cafe"),
        ("straße Œuvre", "strasse oeuvre"),
        ("Привет МИР", "привет мир"),
        ("ÉcoleNormale", "ecolenormale ecole normale"),
        ("'); DROP TABLE x; --", "drop table"),
        ("a | b & !c:*", ""),
        ("\0\u{1}", ""),
    ])
    func `are lower case, plain and split`(text: String, words: String) {
        #expect(SearchWords.indexed(text) == words)
    }

    @Test func `are the same for a question and what it asks for`() {
        #expect(SearchWords.asked("http response") == ["http", "response"])
        #expect(
            SearchWords.asked("¿Qué te pregunté sobre la función de autenticación?") == ["funcion", "autenticacion"])
        #expect(SearchWords.asked("what did I ask about the parser?") == ["ask", "parser"])
    }

    @Test func `are kept when a question has no others`() {
        #expect(SearchWords.asked("what is it") == ["what", "is", "it"])
    }

    @Test func `leave out what nobody types`() {
        #expect(SearchWords.indexed(String(repeating: "a", count: 100)) == "")
        #expect(SearchWords.asked(String(repeating: "one two three ", count: 10_000)) == ["one", "two", "three"])
        #expect(SearchWords.indexed(String(repeating: "word ", count: 50_000)).utf8.count < 100_000)
    }
}
