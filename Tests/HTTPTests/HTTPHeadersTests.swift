import Testing

@testable import HTTP

struct `Header fields` {
    static let names = [
        "Authorization", "authorization", "PROXY-AUTHORIZATION", "Cookie", "Set-Cookie", "X-API-Key", "Api-Key",
    ]

    @Test(arguments: names) func `never show a credential, however they are printed`(name: String) {
        var headers: HTTPHeaders = ["Accept": "text/plain"]
        headers.append(name, "s3cret")
        let request = HTTPRequest(
            method: "POST", url: "https://api.example.com/v1/x?token=s3cret#s3cret", headers: headers,
            body: .bytes(Array("s3cret".utf8), contentType: "text/plain"))
        let head = HTTPResponseHead(status: 200, headers: headers)
        let values: [Any] = [
            headers, headers.fields, headers.fields[1], request, head, HTTPResponse(head: head, body: []),
        ]
        for value in values {
            var dumped = ""
            dump(value, to: &dumped)
            for text in ["\(value)", String(describing: value), String(reflecting: value), dumped, "\([value])"] {
                #expect(!text.contains("s3cret"))
            }
        }
        #expect("\(headers)" == "Accept: text/plain\n\(name): (hidden)")
        #expect("\(request)" == "POST https://api.example.com/v1/x")
    }

    @Test func `compare names without case`() {
        var headers: HTTPHeaders = ["Link": "a", "link": "b"]
        #expect(headers["LINK"] == "a")
        headers["LINK"] = "c"
        #expect(headers.fields.map(\.value) == ["c"])
        headers["link"] = nil
        #expect(headers.fields.isEmpty)
    }
}
