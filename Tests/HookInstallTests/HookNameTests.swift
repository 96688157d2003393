import HookInstall
import Testing

@Suite
struct `Hook names` {
    @Test func `commit-msg is installed only when it is asked for`() {
        #expect(!HookName.installedByDefault.contains(.commitMessage))
        #expect(HookName.installedByDefault.count == HookName.allCases.count - 1)
    }
}
