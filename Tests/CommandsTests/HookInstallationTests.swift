import Application
import ArgumentParser
import HookInstall
import Testing

@testable import Commands

struct `Names of hooks on the command line` {
    @Test(arguments: [["hook", "install"], ["hook", "uninstall"]])
    func `are checked, and a wrong one lists the right ones`(command: [String]) throws {
        let error = #expect(throws: (any Error).self) { try Vocero.parseAsRoot(command + ["pre-push", "prepush"]) }
        let text = Vocero.fullMessage(for: try #require(error))
        #expect(Vocero.exitCode(for: try #require(error)).rawValue == Commands.ExitStatus.usage.rawValue)
        #expect(text.contains("'prepush'") && HookName.allCases.allSatisfy { text.contains($0.rawValue) })
        #expect(throws: Never.self) { try Vocero.parseAsRoot(command + ["pre-push"]) }
    }

    @Test(arguments: [
        (HookError.Kind.notFound, Commands.ExitStatus.noInput), (.badInput, .badInput), (.refused, .failed),
        (.failed, .failed),
        (.cancelled, .interrupted),
    ])
    func `and places end with a status of their own`(kind: HookError.Kind, status: Commands.ExitStatus) {
        #expect(Failure(any: HookError(kind, "x")).status == status)
    }
}
