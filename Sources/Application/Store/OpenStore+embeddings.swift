internal import Store
package import Assistant
internal import Concurrency
internal import Memory
internal import Retrieval

extension OpenStore {
    /// A turn's embeddings, within a few seconds; what is not done by then is filled in by a later command.
    package func fillEmbeddings(of run: RunID, _ reporter: any Reporter) async {
        guard let embedder, !Task.isCancelled, journal.spooledRuns.isEmpty else { return }
        let filler = EmbeddingFiller(store: memory, embedder: embedder)
        _ = await within(.seconds(15)) {
            do throws(StoreError) {
                _ = try await filler.fill(run: run)
                // What earlier runs had to leave, a little each time.
                _ = try await filler.fillMissing(limit: 64)
            } catch {
                if reporter.isVerbose { reporter.notice("no embedding for this turn yet: \(error.message)") }
            }
        }
    }

    /// The same for this turn alone: nothing of what earlier runs have left.
    package func fillEmbeddings(ofOnly run: RunID, _ reporter: any Reporter) async {
        guard let embedder, journal.spooledRuns.isEmpty else { return }
        do throws(StoreError) {
            _ = try await EmbeddingFiller(store: memory, embedder: embedder).fill(run: run)
        } catch {
            reporter.notice("no embedding for this turn yet: \(error.message)")
        }
    }

    /// Some of what earlier runs have left, within a few seconds; later commands fill in the rest.
    package func fillMissingEmbeddings(atMost limit: Int) async {
        guard let embedder else { return }
        let filler = EmbeddingFiller(store: memory, embedder: embedder)
        _ = await within(.seconds(10)) {
            do throws(StoreError) {
                _ = try await filler.fillMissing(limit: limit)
            } catch {
                // Later commands fill them in.
            }
        }
    }
}
