internal import Store
internal import Assistant
internal import BatchQueue
internal import Concurrency
internal import FoundationEssentials
internal import JSON
internal import OpenAI

extension BatchAPILoop {
    /// What the metadata of a batch at the endpoint call the remote batch.
    private static let metadataKey = "vocero"
    /// The endpoint's clock may go otherwise than the store's.
    private static let clockRoom = 86_400.0

    static func fileName(_ remote: StoredAPIBatch) -> String {
        "vocero-\(remote.id.uuidString.lowercased()).jsonl"
    }

    // MARK: Filling

    /// Begins a remote batch with what waits; false when nothing does.
    mutating func fill() async throws -> Bool {
        let next = try await driver.candidates(from: 0, model: nil, usual: work.turns.model, most: 1).first
        guard let next else {
            nextFilling = .now + .milliseconds(200)
            return false
        }
        let model = next.options.model ?? work.turns.model
        let remote = try await driver.open(model: model, endpoint: work.client.endpoint.host)
        watched.append(Watched(remote: remote, wait: work.options.firstWait))
        return true
    }

    /// Adds items until the file is full, or no more wait. The lines are made a second time when they are written: a file
    /// may be larger than memory.
    private mutating func addItems(_ index: Int) async throws {
        let model = watched[index].remote.model
        var position = 0
        while true {
            let page = try await driver.candidates(from: position, model: model, usual: work.turns.model, most: 200)
            guard let last = page.last else { return }
            position = last.position + 1
            var places: [BatchAPIPlace] = []
            var isFull = false
            for candidate in page {
                let place = await place(of: candidate, watched[index].remote)
                let remote = watched[index].remote
                isFull =
                    remote.lines + places.count >= mostLines
                    || remote.bytes + places.reduce(place.bytes) { $0 + $1.bytes } > work.options.mostBytes
                if isFull { break }
                places.append(place)
            }
            let claim = try await driver.claim(places, into: watched[index].remote.id)
            watched[index].remote.lines += claim.count
            watched[index].remote.bytes += places.prefix(claim.count).reduce(0) { $0 + $1.bytes }
            if claim.isOutOfMoney { isOutOfMoney = true }
            if isFull || claim.isOutOfMoney || work.stop.isMade { return }
        }
    }

    /// An item that cannot be sent takes no room: it fails when its line would be written.
    private func place(of candidate: BatchAPICandidate, _ remote: StoredAPIBatch) async -> BatchAPIPlace {
        var place = BatchAPIPlace(position: candidate.position, attempt: candidate.attempt, cost: 0, bytes: 0)
        do throws(UnsendableItem) {
            let line = try await work.turns.line(
                position: candidate.position, attempt: candidate.attempt + 1, prompt: candidate.prompt,
                options: candidate.options, in: remote)
            place.cost = line.cost
            place.bytes = line.text.utf8.count + 1
        } catch {
            // Said when it fails.
        }
        return place
    }

    // MARK: Steps

    /// Makes the next step of a remote batch on its way to the endpoint, or looks at it there.
    mutating func step(_ index: Int) async throws {
        switch watched[index].remote.state {
        case .filling where watched[index].wasLeft && work.moreComes():
            watched[index].nextLook = .now + .milliseconds(200)
        case .filling:
            try await addItems(index)
            if watched[index].remote.lines == 0 {
                return try await close(index, work.turns.leftovers(isFailure: false), reason: "")
            }
            try await move(index, to: .filled)
        case .filled:
            // From here on the file may be at the endpoint.
            try await upload(index)
        case .uploading:
            if let file = try await findFile(index) {
                return try await move(index, to: .uploaded) { $0.file = file.id }
            }
            try await upload(index)
        case .uploaded:
            try await move(index, to: .creating)
            try await create(index)
        case .creating:
            if let made = try await findBatch(index) { return try await submitted(index, made) }
            try await create(index)
        case .submitted: try await look(index)
        case .closed: break
        }
    }

    private mutating func upload(_ index: Int) async throws {
        let remote = watched[index].remote
        let file: LineFile
        do throws(LineFile.Failure) {
            file = try LineFile(directory: work.directory, name: Self.fileName(remote))
        } catch {
            throw EngineError(.unavailable, error.sentence)
        }
        guard try await write(file, index) else {
            return try await close(index, work.turns.leftovers(isFailure: false), reason: "")
        }
        if remote.state == .filled { try await move(index, to: .uploading) }
        work.tell(.progress("sending \(remote.lines) prompts to \(remote.endpoint)"))
        let sent = try await definitely(index) { (client) async throws(EngineError) in
            try await client.uploadForBatch(file.path, name: Self.fileName(remote))
        }
        try await move(index, to: .uploaded) { $0.file = sent.id }
    }

    private mutating func create(_ index: Int) async throws {
        let remote = watched[index].remote
        let made = try await definitely(index) { (client) async throws(EngineError) in
            try await client.createBatch(
                ofFile: remote.file ?? "", metadata: [Self.metadataKey: remote.id.uuidString.lowercased()])
        }
        do throws(StoreError) {
            try await submitted(index, made)
        } catch {
            // Another process drives now and has not seen this one: there must not be two.
            if error.kind == .fenced { _ = try? await work.client.cancelBatch(made.id) }
            throw error
        }
    }

    private mutating func submitted(_ index: Int, _ made: RemoteBatch) async throws(StoreError) {
        try await move(index, to: .submitted) {
            $0.remoteID = made.id
            $0.remoteStatus = made.status.rawValue
        }
        let remote = watched[index].remote
        work.tell(
            .said(
                "\(remote.endpoint) has \(remote.lines) prompts for \(remote.model) as \(made.id), to be answered within a day"
            ))
        later(index)
    }

    /// A request after which nothing is at the endpoint when it refuses: the items go back, for whoever can do better.
    private mutating func definitely<Value: Sendable>(
        _ index: Int, _ request: (OpenAIClient) async throws(EngineError) -> Value
    ) async throws -> Value {
        do throws(EngineError) {
            return try await request(work.client)
        } catch {
            if [.quota, .configuration, .refused].contains(error.kind) {
                try await close(index, work.turns.leftovers(isFailure: false), reason: error.message)
            }
            throw error
        }
    }

    /// Writes the lines of what is still in the remote batch; false when nothing is. What cannot be sent fails.
    private func write(_ file: LineFile, _ index: Int) async throws -> Bool {
        let remote = watched[index].remote
        var line = 1
        var count = 0
        var unsendable: [ItemOutcome] = []
        do {
            while true {
                let page = try await driver.items(in: remote.id, from: line, most: 200)
                guard let last = page.last else { break }
                line = last.line + 1
                for entry in page {
                    let item = entry.item
                    let made: BatchAPITurns.Line
                    do throws(UnsendableItem) {
                        made = try await work.turns.line(
                            position: item.position, attempt: item.attempt, prompt: item.prompt, options: item.options,
                            in: remote)
                    } catch {
                        unsendable.append(
                            ItemOutcome(
                                position: item.position, attempt: item.attempt, state: .failed, error: error.reason,
                                model: remote.model))
                        continue
                    }
                    try await file.append(made.text)
                    count += 1
                }
            }
            try await file.flush()
        } catch let error as LineFile.Failure {
            throw EngineError(.unavailable, error.sentence)
        }
        if !unsendable.isEmpty {
            _ = try await driver.complete(unsendable, in: remote.id)
            await work.observe(.stored(unsendable))
        }
        // Also where a person has changed a prompt since it was put in.
        if count != remote.lines { try await driver.renumber(remote.id) }
        return count > 0
    }

    // MARK: What may be there already

    func findFile(_ index: Int) async throws(EngineError) -> RemoteFile? {
        let remote = watched[index].remote
        return try await work.client.batchFile(
            named: Self.fileName(remote), since: remote.createdAt - Self.clockRoom)
    }

    /// The batch that was made of a file; of several the first.
    func findBatch(_ index: Int) async throws(EngineError) -> RemoteBatch? { try await batchesMade(index).last }

    private func batchesMade(_ index: Int) async throws(EngineError) -> [RemoteBatch] {
        let remote = watched[index].remote
        return try await work.client.batches(
            with: (Self.metadataKey, remote.id.uuidString.lowercased()), since: remote.createdAt - Self.clockRoom)
    }

    /// Ends what the endpoint has made a second time. A batch whose answer was lost may be listed a moment too late, or be
    /// asked for by a process that slept: this is looked at again before anything of it can have been done.
    mutating func endTwins(_ index: Int) async throws(EngineError) {
        guard !watched[index].isOnlyOne else { return }
        let own = watched[index].remote.remoteID
        for twin in try await batchesMade(index)
        where twin.id != own && !twin.status.isFinal && twin.status != .cancelling {
            _ = try await work.client.cancelBatch(twin.id)
            work.tell(.said("\(twin.id) was a second one of \(own ?? "") and is cancelled"))
        }
        watched[index].isOnlyOne = true
    }
}
