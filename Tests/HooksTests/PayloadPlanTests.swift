import Git
import Hashing
import Testing

@testable import Hooks

struct `The plan of what a model is shown` {
    static func change(_ sizes: [(path: String, lines: Int)], others: [ChangedFile] = [], more: Int = 0) -> ChangeSet {
        let patches = sizes.map { path, lines in
            FilePatch(
                path: path, fileClass: .source,
                text: "diff --git a/\(path) b/\(path)\n" + String(repeating: "+a line of code\n", count: lines))
        }
        let files = sizes.map { ChangedFile(kind: .modified, path: $0.path) } + others
        return ChangeSet(files: files, moreFiles: more, patches: patches, identity: ContentHash(ofText: "x"))
    }

    @Test func `is one call when all of it fits`() {
        let plan = PayloadPlan(Self.change([("a", 10), ("b", 20)]), tokensPerCall: 1_000)
        #expect(plan.parts.count == 1)
        #expect(plan.leftOut.isEmpty)
        #expect(plan.parts[0].contains("a/a b/a") && plan.parts[0].contains("a/b b/b"))
    }

    @Test func `is several calls when it does not, each within its tokens`() {
        let files = (0..<8).map { ("file\($0)", 60) }
        let plan = PayloadPlan(Self.change(files), tokensPerCall: 1_000)
        #expect(plan.parts.count > 1)
        #expect(plan.leftOut.isEmpty)
        #expect(plan.parts.allSatisfy { $0.utf8.count / 3 <= 1_000 })
    }

    @Test func `names what there is no room for`() {
        let files = (0..<40).map { ("file\($0)", 100) }
        let plan = PayloadPlan(Self.change(files, more: 3), tokensPerCall: 1_000)
        #expect(plan.parts.count == PayloadPlan.mostParts)
        #expect(plan.leftOut.count == 40 - plan.parts.joined().split(separator: "diff --git").count)
        #expect(plan.leftOutWords(moreFiles: 3)?.hasSuffix("and \(plan.leftOut.count - 5 + 3) more") == true)
    }

    @Test func `cuts a file that crowds out the others, and says so`() {
        let plan = PayloadPlan(Self.change([("huge", 5_000), ("small", 5)]), tokensPerCall: 1_000)
        #expect(plan.parts.joined().contains("more lines of this file are not shown"))
        #expect(plan.parts.joined().contains("a/small b/small"))
        #expect(plan.leftOut.map(\.reason) == ["cut"])
    }

    @Test func `has no part when there is nothing but statistics`() {
        let lock = ChangedFile(kind: .modified, path: "yarn.lock", fileClass: .lock)
        let plan = PayloadPlan(Self.change([], others: [lock]), tokensPerCall: 1_000)
        #expect(plan.parts.isEmpty)
        #expect(plan.leftOutWords(moreFiles: 0) == "yarn.lock (lock file)")
    }

    @Test func `shortens a line that is longer than a page`() {
        let (text, isCut) = PatchCut.cut("+" + String(repeating: "x", count: 100_000) + "\n+short\n", tokens: 500)
        #expect(isCut)
        #expect(text.utf8.count < 1_500)
        #expect(text.contains("+short"))
    }
}
