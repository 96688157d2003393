import BatchQueue
import JSON
import Testing

struct `What an item says of itself` {
    private var all: ItemOptions {
        var options = ItemOptions(model: "m", recording: "/a.wav")
        options.agent = "file_consultant"
        options.session = "s"
        options.repository = "."
        options.policy = "docs.policy"
        options.maxSteps = 3
        options.maxTokens = 900
        options.maxCost = 0.5
        options.maxSeconds = 60
        return options
    }

    @Test func `is stored under the names that batches have had from the beginning`() {
        let stored: JSON = [
            "agent": "file_consultant", "session": "s", "repository": ".", "model": "m", "policy": "docs.policy",
            "recording": "/a.wav", "max_steps": 3, "max_tokens": 900, "max_cost": 0.5, "max_seconds": 60,
        ]
        #expect(all.json == stored)
        #expect(ItemOptions(json: stored) == all)
    }

    @Test func `leaves out what was not given, and reads nothing from what is no option`() {
        #expect(ItemOptions().json == [:])
        #expect(ItemOptions(json: .null) == ItemOptions())
        #expect(ItemOptions(json: ["model": 5, "max_steps": "many", "colour": "red"]) == ItemOptions())
        // A whole number of dollars is a number, too.
        #expect(ItemOptions(json: ["max_cost": 2]).maxCost == 2)
    }
}
