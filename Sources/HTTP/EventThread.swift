internal import CCurl
internal import Concurrency
internal import Glibc

/// The thread that drives every transfer of one client. Nothing here is touched by another thread.
@safe final class EventThread {
    private let multi: UnsafeMutableRawPointer
    private let inbox: TransferInbox
    /// By the identity of their exchanges, which the plans keep alive.
    private var transfers: [ObjectIdentifier: Transfer] = [:]

    private init(multi: UnsafeMutableRawPointer, inbox: TransferInbox) {
        unsafe self.multi = multi
        self.inbox = inbox
    }

    /// Starts a detached thread that owns the handle from now on; false when there is none to be had.
    static func start(multi: UnsafeMutableRawPointer, inbox: TransferInbox) -> Bool {
        let context = unsafe Unmanaged.passRetained(EventThread(multi: multi, inbox: inbox)).toOpaque()
        var thread = pthread_t()
        let code = unsafe pthread_create(
            &thread, nil,
            { context in
                guard let context = unsafe context else { return nil }
                unsafe Unmanaged<EventThread>.fromOpaque(context).takeRetainedValue().run()
                return nil
            }, context)
        guard code == 0 else {
            unsafe Unmanaged<EventThread>.fromOpaque(context).release()
            return false
        }
        pthread_detach(thread)
        return true
    }

    private func run() {
        blockSignals()
        while obey() {
            var running: Int32 = 0
            unsafe curl_multi_perform(multi, &running)
            collectFinished()
            stopExpired()
            unsafe curl_multi_poll(multi, nil, 0, patience, nil)
        }
        for transfer in Array(transfers.values) {
            end(transfer, .failure(HTTPError(.cancelled, "The request was cancelled.")))
        }
        inbox.close()
        unsafe curl_multi_cleanup(multi)
    }

    /// Signals belong to the threads that handle them, and a write to a broken TLS connection must not end the
    /// process: without its own signal handlers (CURLOPT_NOSIGNAL) libcurl leaves SIGPIPE to us.
    private func blockSignals() {
        var all = sigset_t()
        unsafe sigfillset(&all)
        unsafe pthread_sigmask(SIG_BLOCK, &all, nil)
    }

    /// Carries out what the tasks asked for; false when it is over.
    private func obey() -> Bool {
        for command in inbox.takeCommands() {
            switch command {
            case .start(let plan): start(plan)
            case .cancel(let exchange):
                guard let transfer = transfers[ObjectIdentifier(exchange)] else { continue }
                end(
                    transfer,
                    .failure(HTTPError(.cancelled, "The request to \(transfer.plan.address.name) was cancelled.")))
            case .resume(let exchange):
                guard let transfer = transfers[ObjectIdentifier(exchange)] else { continue }
                transfer.clock.resume()
                unsafe curl_easy_pause(transfer.easy, CURLPAUSE_CONT)
            case .stop: return false
            }
        }
        return true
    }

    private func start(_ plan: TransferPlan) {
        do throws(HTTPError) {
            let transfer = try Transfer(plan)
            guard unsafe curl_multi_add_handle(multi, transfer.easy) == CURLM_OK else {
                throw .setup(CURLE_OUT_OF_MEMORY)
            }
            transfers[ObjectIdentifier(plan.exchange)] = transfer
        } catch {
            plan.exchange.finish(.failure(error))
        }
    }

    private func end(_ transfer: Transfer, _ result: Result<Void, HTTPError>) {
        unsafe curl_multi_remove_handle(multi, transfer.easy)
        transfers[ObjectIdentifier(transfer.plan.exchange)] = nil
        transfer.plan.exchange.finish(
            result.mapError { error in
                var error = error
                error.wasSent = transfer.hasSentRequest
                return error
            })
    }

    private func collectFinished() {
        var left: Int32 = 0
        while let message = unsafe curl_multi_info_read(multi, &left) {
            guard unsafe message.pointee.msg == CURLMSG_DONE, let easy = unsafe message.pointee.easy_handle,
                let transfer = unsafe Transfer.behind(easy)
            else { continue }
            end(transfer, transfer.result(unsafe message.pointee.data.result))
        }
    }

    private func stopExpired() {
        let now = ContinuousClock.now
        for transfer in Array(transfers.values) {
            guard let code = transfer.clock.expired(now: now) else { continue }
            end(transfer, .failure(transfer.timedOut(code)))
        }
    }

    /// Milliseconds until the next deadline has passed; libcurl shortens it for its own timers.
    private var patience: Int32 {
        guard let expiry = transfers.values.compactMap(\.clock.expiry).min() else { return 60_000 }
        return Int32(clamping: min((expiry - .now).millisecondsToWait, 60_000))
    }
}
