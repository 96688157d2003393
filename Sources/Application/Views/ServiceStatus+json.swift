package import JSON
package import Services

extension ServiceStatus {
    package var json: JSON {
        switch self {
        case .running(let process, let address):
            ["state": "running", "process": .integer(Int(process)), "address": .string(address)]
        case .starting(let process): ["state": "starting", "process": .integer(Int(process))]
        case .elsewhere(let place): ["state": "elsewhere", "place": .string(place)]
        case .stopped: ["state": "stopped"]
        case .absent: ["state": "absent"]
        }
    }
}
