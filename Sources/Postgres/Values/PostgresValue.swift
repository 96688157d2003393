package import FoundationEssentials
package import JSON

/// A parameter or a column, sent and received in PostgreSQL's binary format.
package enum PostgresValue: Sendable, Hashable {
    case null
    case bool(Bool)
    case int2(Int16)
    case int4(Int32)
    case int8(Int64)
    case float4(Float)
    case float8(Double)
    /// Decimal digits with a point and a sign as needed, or `NaN`, `Infinity`, `-Infinity`.
    case numeric(String)
    /// Also what comes of `varchar`, `name`, `json`, enumerations and `citext`.
    case text(String)
    case bytea([UInt8])
    case uuid(UUID)
    /// Microseconds are kept. A `timestamp` without a time zone is taken as UTC.
    case timestamptz(Date)
    /// Also sent where `json` is expected, which is received as text, word for word.
    case jsonb(JSON)
    /// pgvector's `vector`, and `halfvec` at its precision.
    case vector([Float])
    /// `bit(n)`: packed bits, the first in the highest place.
    case bit([UInt8], count: Int)
    case textArray([String])
    /// Also for arrays of smaller integers.
    case int8Array([Int64])
    case uuidArray([UUID])
    /// A type this module does not know, or a value that Swift has no place for (an infinite date, an array with
    /// nulls), as it came.
    case unknown(typeOID: UInt32, [UInt8])
}

extension PostgresValue {
    /// For messages, which never show the value itself.
    var typeName: String {
        switch self {
        case .null: "null"
        case .bool: "bool"
        case .int2: "int2"
        case .int4: "int4"
        case .int8: "int8"
        case .float4: "float4"
        case .float8: "float8"
        case .numeric: "numeric"
        case .text: "text"
        case .bytea: "bytea"
        case .uuid: "uuid"
        case .timestamptz: "timestamptz"
        case .jsonb: "jsonb"
        case .vector: "vector"
        case .bit: "bit"
        case .textArray: "text[]"
        case .int8Array: "int8[]"
        case .uuidArray: "uuid[]"
        case .unknown(let typeOID, _): "number \(typeOID)"
        }
    }
}
