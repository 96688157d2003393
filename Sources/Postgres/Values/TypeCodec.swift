/// How values of a server type are written and read in binary.
enum TypeCodec: String, Sendable {
    case bool, int2, int4, int8, oid, float4, float8, numeric, text, bytea, uuid, timestamp, json, jsonb, bit
    case vector, halfvec
    case textArray = "text[]"
    case int2Array = "int2[]"
    case int4Array = "int4[]"
    case int8Array = "int8[]"
    case uuidArray = "uuid[]"
    case void
    /// Sent and received as bytes; text for it is left to the server's input function.
    case other = "another type"

    /// The types with fixed ids (the server's pg_type.dat).
    static func builtIn(_ typeOID: UInt32) -> TypeCodec? {
        switch typeOID {
        case 16: .bool
        case 21: .int2
        case 23: .int4
        case 20: .int8
        case 26: .oid
        case 700: .float4
        case 701: .float8
        case 1700: .numeric
        case 18, 19, 25, 705, 1042, 1043: .text
        case 17: .bytea
        case 2950: .uuid
        case 1114, 1184: .timestamp
        case 114: .json
        case 3802: .jsonb
        case 1560, 1562: .bit
        case 1003, 1009, 1015: .textArray
        case 1005: .int2Array
        case 1007: .int4Array
        case 1016: .int8Array
        case 2951: .uuidArray
        case 2278: .void
        // Above are the types that initdb makes, and those of extensions in a cluster's template.
        case ..<10_000: .other
        default: nil
        }
    }

    /// A type of an extension or a user, known by the function that receives its binary form.
    init(receiveFunction: String) {
        switch receiveFunction {
        case "vector_recv": self = .vector
        case "halfvec_recv": self = .halfvec
        case "enum_recv", "textrecv", "citextrecv", "varcharrecv": self = .text
        default: self = .other
        }
    }
}

/// The types of one database that have no fixed ids, as far as they were needed.
struct TypeCatalog {
    private var codecs: [UInt32: TypeCodec] = [:]

    func codec(_ typeOID: UInt32) -> TypeCodec {
        TypeCodec.builtIn(typeOID) ?? codecs[typeOID] ?? .other
    }

    func isKnown(_ typeOID: UInt32) -> Bool {
        TypeCodec.builtIn(typeOID) != nil || codecs[typeOID] != nil
    }

    mutating func add(_ typeOID: UInt32, _ codec: TypeCodec) {
        codecs[typeOID] = codec
    }

    /// `$1` holds ids. A domain is received as the type it is made of, which may be a domain again.
    static let query = """
        WITH RECURSIVE wanted AS (
            SELECT oid AS asked, oid, typtype, typbasetype, typreceive FROM pg_catalog.pg_type WHERE oid = ANY ($1::oid[])
            UNION ALL
            SELECT w.asked, t.oid, t.typtype, t.typbasetype, t.typreceive
            FROM wanted w JOIN pg_catalog.pg_type t ON t.oid = w.typbasetype WHERE w.typtype = 'd'
        )
        SELECT w.asked, w.oid, p.proname FROM wanted w JOIN pg_catalog.pg_proc p ON p.oid = w.typreceive
        WHERE w.typtype <> 'd'
        """
}
