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
    case text(String)
    case bytea([UInt8])
    case uuid(UUID)
    /// Microseconds are kept.
    case timestamptz(Date)
    case jsonb(JSON)
    /// pgvector's `vector`.
    case vector([Float])
    /// `bit(n)`: packed bits, the first in the highest place.
    case bit([UInt8], count: Int)
    case textArray([String])
    case int8Array([Int64])
    case uuidArray([UUID])
    /// A type this module does not know, as it came.
    case unknown(typeOID: UInt32, [UInt8])
}
