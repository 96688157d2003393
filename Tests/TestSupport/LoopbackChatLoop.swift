internal import Glibc
internal import Synchronization

/// The one thread of a ``LoopbackChat``: waits for requests and for the time of answers.
final class LoopbackChatLoop {
    private struct Waiting {
        let due: ContinuousClock.Instant
        let descriptor: Int32
        let call: Int
        let answer: LoopbackChatAnswer
        let isHeld: Bool
    }

    private let listener: Int32
    private let shared: LoopbackChat.Shared
    private var connections: [Int32: LoopbackChatConnection] = [:]
    private var connectionCount = 0
    private var waiting: [Waiting] = []

    init(listener: Int32, shared: LoopbackChat.Shared) {
        self.listener = listener
        self.shared = shared
    }

    func run() {
        while !shared.state.withLock({ $0.isStopped }) {
            var polled = [pollfd(fd: listener, events: Int16(POLLIN), revents: 0)]
            for descriptor in connections.keys {
                polled.append(pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0))
            }
            guard poll(&polled, UInt(polled.count), timeout) >= 0 || errno == EINTR else { break }
            for entry in polled where entry.revents != 0 {
                if entry.fd == listener { accept() } else { receive(entry.fd) }
            }
            answerWhatIsDue()
        }
        close(listener)
        for descriptor in connections.keys { end(descriptor, clientIsGone: false) }
    }

    /// Milliseconds to the next answer; short enough to see a change of the settings.
    private var timeout: Int32 {
        let next = waiting.lazy.filter { !$0.isHeld }.map(\.due).min()
        guard let next else { return 10 }
        let left = ContinuousClock.now.duration(to: next) / .milliseconds(1)
        return Int32(max(0, min(10, left.rounded(.up))))
    }

    private func accept() {
        let descriptor = Glibc.accept(listener, nil, nil)
        guard descriptor >= 0 else { return }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        var one: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
        connectionCount += 1
        connections[descriptor] = LoopbackChatConnection(descriptor: descriptor, number: connectionCount)
    }

    private func receive(_ descriptor: Int32) {
        guard let connection = connections[descriptor] else { return }
        guard connection.receive() else { return end(descriptor, clientIsGone: true) }
        while let request = connection.nextRequest() { take(request, on: connection) }
    }

    private func take(_ request: LoopbackChatRequest, on connection: LoopbackChatConnection) {
        guard request.path.hasSuffix("/chat/completions"), let item = request.item else {
            shared.state.withLock { $0.otherPaths.append(request.path) }
            connection.send(Array("HTTP/1.1 404 No\r\nContent-Length: 2\r\n\r\n{}".utf8))
            return
        }
        let now = ContinuousClock.now
        let (number, call, settings, usage) = shared.state.withLock { state in
            state.ofItem[item, default: 0] += 1
            let ofItem = state.ofItem[item, default: 1]
            var step = request.steps[min(ofItem, request.steps.count) - 1]
            if let quota = state.settings.quota {
                if quota <= 0 { step = .quota } else { state.settings.quota = quota - 1 }
            }
            if let key = state.settings.key, request.authorization != "Bearer \(key)" { step = .wrongKey }
            let tariff = state.settings.tariff
            let usage = (input: Int(Double(request.bodyLength) / 4 * tariff.inputTokens), output: tariff.outputTokens)
            let dollars =
                (Double(usage.input) * tariff.inputPrice + Double(usage.output) * tariff.outputPrice) / 1_000_000
            state.inFlight += 1
            let call = LoopbackChat.Call(
                requestID: "req_\(state.calls.count + 1)", item: item, ofItem: ofItem, step: step,
                connection: connection.number, authorization: request.authorization, arrived: now,
                billed: step.isBilled ? dollars : 0, inFlight: state.inFlight)
            state.calls.append(call)
            return (state.calls.count - 1, call, state.settings, usage)
        }
        connection.call = number
        let answer = LoopbackChatAnswer(call.step, item: item, call: call, usage: usage, streams: request.streams)
        let delay = call.step.isLimit ? .zero : settings.latency + (call.step == .late ? .seconds(1) : .zero)
        waiting.append(
            Waiting(
                due: now + delay, descriptor: connection.descriptor, call: number, answer: answer,
                isHeld: call.step == .hold))
    }

    private func answerWhatIsDue() {
        let now = ContinuousClock.now
        let isHolding = shared.state.withLock { $0.isHolding }
        var later: [Waiting] = []
        later.reserveCapacity(waiting.count)
        for entry in waiting {
            guard let connection = connections[entry.descriptor], connection.call == entry.call else { continue }
            guard entry.due <= now, !(entry.isHeld && isHolding) else {
                later.append(entry)
                continue
            }
            connection.send(entry.answer.bytes)
            switch entry.answer.after {
            case .keep:
                ended(entry.call, .answered)
                connection.call = nil
            case .close: end(entry.descriptor, clientIsGone: false)
            case .reset:
                connection.resetsAtEnd = true
                end(entry.descriptor, clientIsGone: false)
            case .nothing: break
            }
        }
        waiting = later
    }

    private func end(_ descriptor: Int32, clientIsGone: Bool) {
        guard let connection = connections.removeValue(forKey: descriptor) else { return }
        if let call = connection.call { ended(call, clientIsGone ? .abandoned : .answered) }
        if clientIsGone { shared.state.withLock { $0.gone[connection.number] = .now } }
        connection.close()
    }

    private func ended(_ call: Int, _ end: LoopbackChat.Call.End) {
        shared.state.withLock { state in
            state.inFlight -= 1
            state.calls[call].end = end
            state.calls[call].ended = .now
        }
    }
}
