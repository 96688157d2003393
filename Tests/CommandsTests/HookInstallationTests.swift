import ArgumentParser
import Foundation
import HookInstall
import TestSupport
import Testing

@testable import Commands

struct `The program that hooks call` {
    @Test func `is the link in PATH that leads to it`() throws {
        let directory = try TemporaryDirectory()
        let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        try directory.write("other/vocero", "another")
        try FileManager.default.createDirectory(atPath: directory.file("bin"), withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(atPath: directory.file("bin/vocero"), withDestinationPath: own)
        let path = "relative:/nowhere:\(directory.file("other")):\(directory.file("bin/")):/usr/bin"
        #expect(try RunningProgram.path(inPath: path) == directory.file("bin/vocero"))
    }

    @Test(arguments: [nil, "", "/usr/bin:/bin"])
    func `is named by its own path where no other leads to it`(path: String?) throws {
        let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        #expect(try RunningProgram.path(inPath: path) == own)
    }
}

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
        #expect(CommandFailure(any: HookError(kind, "x")).status == status)
    }
}
