internal import Concurrency
internal import Files

extension Console {
    /// Asks for a line; nil when the input ends or the run is interrupted meanwhile.
    func line(_ prompt: String) async -> String? {
        self.prompt(prompt)
        let stop = StopFlag()
        return await withTaskCancellationHandler {
            await blocking(label: "vocero.terminal") { () throws(Never) -> String? in
                Self.readTerminalLine(isCancelled: { stop.isSet })
            }
        } onCancel: {
            stop.set()
        }
    }

    /// A line that a person typed; nil when the input ends or the run is interrupted meanwhile.
    private static func readTerminalLine(isCancelled: () -> Bool) -> String? {
        var bytes: [UInt8] = []
        var byte: [UInt8] = [0]
        while bytes.count < 4096 {
            let isReady = OpenFile.standardInput.hasInput(within: 100)
            if isCancelled() { return nil }
            guard isReady else { continue }
            guard (try? OpenFile.standardInput.read(into: &byte)) == 1 else { return nil }
            if byte[0] == UInt8(ascii: "\n") { break }
            bytes += byte
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
