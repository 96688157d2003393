internal import Assistant
package import JSON

extension DraftOutcome {
    package var json: JSON {
        let origin: (name: String, model: String?, reason: String?) =
            switch origin {
            case .model(let name): ("model", name, nil)
            case .cache(let model): ("cache", model, nil)
            case .digest(.noModel): ("digest", nil, "no model is configured")
            case .digest(.onlyStatistics): ("digest", nil, "only files of which nothing but statistics are said")
            case .digest(.failed(let reason)): ("digest", nil, reason)
            }
        var json: [String: JSON] = [
            "draft": .string(text), "origin": .string(origin.name),
            "model": .optional(origin.model), "reason": .optional(origin.reason),
            "left_out": .optional(leftOut), "files": .integer(files),
        ]
        if let answer {
            json["run"] = .string(answer.run.description)
            json["usage"] = [
                "input_tokens": .integer(answer.usage.inputTokens),
                "output_tokens": .integer(answer.usage.outputTokens),
            ]
            json["cost_usd"] = .optional(answer.costInUSD)
        }
        return .object(json)
    }
}
