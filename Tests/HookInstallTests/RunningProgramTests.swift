import Foundation
import HookInstall
import TestSupport
import Testing

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
