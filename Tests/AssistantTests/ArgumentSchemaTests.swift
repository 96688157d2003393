import Assistant
import JSON
import Testing

struct `A tool's schema` {
    static let schema: JSON = [
        "type": "object", "required": ["path"],
        "properties": [
            "path": ["type": "string", "minLength": 1], "limit": ["type": "integer", "minimum": 1, "maximum": 10],
            "kind": ["type": "string", "enum": ["a", "b"]],
            "names": ["type": "array", "maxItems": 2, "items": ["type": "string"]],
            "all": ["type": "boolean"],
        ],
    ]

    @Test(
        arguments: [
            #"{"path":"x"}"#, #"{"path":"x","limit":10,"kind":"b","names":["q","r"],"all":false}"#,
            #"{"path":"x","limit":3.0}"#,
        ] as [String])
    func `lets pass what fits`(arguments: String) throws {
        #expect(ArgumentSchema(Self.schema).violations(in: try JSON(parsing: arguments)) == [])
    }

    @Test(
        arguments: [
            "{}", #"{"path":""}"#, #"{"path":1}"#, #"{"path":null}"#, #"{"path":"x","limit":0}"#,
            #"{"path":"x","limit":11}"#,
            #"{"path":"x","limit":1.5}"#, #"{"path":"x","kind":"c"}"#, #"{"path":"x","names":["a","b","c"]}"#,
            #"{"path":"x","names":[1]}"#, #"{"path":"x","more":1}"#, "[]", #""path""#, #"{"path":"x","all":"yes"}"#,
        ] as [String])
    func `names what does not fit`(arguments: String) throws {
        #expect(!ArgumentSchema(Self.schema).violations(in: try JSON(parsing: arguments)).isEmpty)
    }
}
