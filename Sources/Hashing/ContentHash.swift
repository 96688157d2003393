internal import CCrypto

/// The SHA-256 of some bytes, by OpenSSL's libcrypto: names cached embeddings, kept speech pieces and
/// what an approval is bound to.
package struct ContentHash: Sendable, Hashable, CustomStringConvertible {
    /// 32 bytes.
    package let bytes: [UInt8]

    init(digest: [UInt8]) { bytes = digest }

    /// Hashes the parts as one sequence of bytes.
    package init(of parts: [UInt8]...) {
        var digest = [UInt8](repeating: 0, count: 32)
        var length: UInt32 = 0
        let context = unsafe EVP_MD_CTX_new()
        defer { unsafe EVP_MD_CTX_free(context) }
        unsafe EVP_DigestInit_ex(context, EVP_sha256(), nil)
        for part in parts {
            _ = unsafe part.withUnsafeBytes { unsafe EVP_DigestUpdate(context, $0.baseAddress, $0.count) }
        }
        unsafe EVP_DigestFinal_ex(context, &digest, &length)
        bytes = digest
    }

    /// Hashes the UTF-8 of a text.
    package init(ofText text: String) {
        self.init(of: Array(text.utf8))
    }

    /// 64 lower-case hexadecimal digits.
    package var description: String { bytes.hexadecimal }
}
