internal import CCrypto

/// Makes a ``ContentHash`` of bytes that come in blocks, for what is too large to be held.
@safe package final class ContentHasher {
    private let context: OpaquePointer?

    package init() {
        unsafe context = EVP_MD_CTX_new()
        unsafe EVP_DigestInit_ex(context, EVP_sha256(), nil)
    }

    deinit { unsafe EVP_MD_CTX_free(context) }

    /// Takes the next bytes in.
    package func update(_ block: ArraySlice<UInt8>) {
        _ = unsafe block.withUnsafeBytes { unsafe EVP_DigestUpdate(context, $0.baseAddress, $0.count) }
    }

    /// The hash of all that came so far; the hasher starts again from nothing.
    package func finish() -> ContentHash {
        var digest = [UInt8](repeating: 0, count: 32)
        var length: UInt32 = 0
        unsafe EVP_DigestFinal_ex(context, &digest, &length)
        unsafe EVP_DigestInit_ex(context, EVP_sha256(), nil)
        return ContentHash(digest: digest)
    }
}
