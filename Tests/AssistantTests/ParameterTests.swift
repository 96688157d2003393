import Assistant
import JSON
import Testing

struct `A parameter of a tool` {
    static let path = Parameter<String>("path", "The file.")
    static let content = Parameter<String>("content", "The text.", .mayBeEmpty)
    static let limit = Parameter("limit", default: 10, .within(1...200)) { "Most lines, \($0) by default." }
    static let line = Parameter<Int?>("line", "From 1.", .atLeast(1))
    static let all = Parameter("all", "Everything.", default: false)
    static let names = Parameter("names", "Only these.", default: [String]())

    static let tool = ToolDeclaration(
        reading: "file_look", "Looks.", families: [.fileReading], parameters: [path, content, limit, line, all, names])

    @Test func `is told to models as it is declared`() throws {
        #expect(
            Self.tool.description.parameters == [
                "type": "object", "required": ["path", "content"],
                "properties": [
                    "path": ["type": "string", "minLength": 1, "description": "The file."],
                    "content": ["type": "string", "description": "The text."],
                    "limit": [
                        "type": "integer", "minimum": 1, "maximum": 200, "description": "Most lines, 10 by default.",
                    ],
                    "line": ["type": "integer", "minimum": 1, "description": "From 1."],
                    "all": ["type": "boolean", "description": "Everything."],
                    "names": [
                        "type": "array", "maxItems": 1000, "items": ["type": "string", "minLength": 1],
                        "description": "Only these.",
                    ],
                ],
            ])
    }

    @Test func `has its default or nothing where a call does not give it`() throws {
        let arguments = try Arguments(parsing: #"{"path":"a","content":""}"#, for: Self.tool)
        #expect(arguments[Self.path] == "a" && arguments[Self.content].isEmpty)
        #expect(arguments[Self.limit] == 10 && arguments[Self.line] == nil)
        #expect(arguments[Self.all] == false && arguments[Self.names] == [])
    }

    @Test func `has the value that a call gives it, and one made here says the same`() throws {
        let made = Arguments(
            Self.path.set("a"), Self.content.set("b"), Self.limit.set(3), Self.line.set(7), Self.all.set(true),
            Self.names.set(["x", "y"]))
        let text = #"{"all":true,"content":"b","limit":3,"line":7,"names":["x","y"],"path":"a"}"#
        let read = try Arguments(parsing: text, for: Self.tool)
        #expect(read == made && made.json.description == text)
        #expect(read[Self.limit] == 3 && read[Self.line] == 7 && read[Self.all] && read[Self.names] == ["x", "y"])
        #expect(Arguments(Self.line.set(nil)).json == [:])
    }

    @Test(arguments: [
        (
            "{}",
            """
            arguments lacks "path"; arguments lacks "content". file_look takes: all (boolean, optional), content (string), \
            limit (integer, optional), line (integer, optional), names (array, optional), path (string)
            """
        ),
        (
            #"{"path":"a","content":"","limit":201}"#,
            """
            arguments.limit must be at most 200. file_look takes: all (boolean, optional), content (string), limit \
            (integer, optional), line (integer, optional), names (array, optional), path (string)
            """
        ),
        ("{", "the arguments of file_look are invalid JSON at byte 1: a key in double quotes should be here"),
    ])
    func `says what is wrong and what is valid`(written: String, message: String) throws {
        let error = try #require(throws: ToolError.self) { try Arguments(parsing: written, for: Self.tool) }
        #expect(error.kind == .invalidArguments)
        #expect(error.message == message)
    }
}
