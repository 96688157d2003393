import Batch
import BatchQueue
import Testing

struct `The state of an item` {
    @Test func `is final when nobody works on it any more`() {
        #expect(BatchItemState.allCases.filter { !$0.isFinal } == [.pending, .running])
    }
}
