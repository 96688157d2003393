import Foundation
import Testing

@testable import OfflineModel

struct `The guide to requests without a model` {
    @Test func `says what the grammars have`() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(
            path: "../../docs/offline-requests.md"
        )
        .standardized
        let page = try String(contentsOf: file, encoding: .utf8)
        let start = try #require(page.range(of: RequestGuide.begin))
        if ProcessInfo.processInfo.environment["VOCERO_WRITE_GUIDE"] == "1" {
            try (page[..<start.lowerBound] + RequestGuide.text).write(to: file, atomically: true, encoding: .utf8)
        }
        let now = try String(contentsOf: file, encoding: .utf8)
        #expect(
            now.hasSuffix(RequestGuide.text),
            "VOCERO_WRITE_GUIDE=1 swift test --filter RequestGuideTests writes it anew")
    }
}
