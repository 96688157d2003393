package import JSON

extension HookStatus {
    package var json: JSON {
        [
            "git": .string(gitVersion.description), "directory": .string(directory.path),
            "hooks_path": .optional(directory.hooksPath), "outside": .bool(directory.isOutside),
            "switched_off": .bool(isSwitchedOff), "managers": .array(managers.map { .string($0.rawValue) }),
            "hooks": .array(
                hooks.map { hook in
                    [
                        "name": .string(hook.name.rawValue), "installed": .bool(hook.isInstalled),
                        "steps": .array(hook.steps.map(\.json)),
                    ]
                }),
        ]
    }
}

extension HookStatus.Step {
    fileprivate var json: JSON {
        [
            "kind": .string(kind.rawValue), "path": .string(path), "runs": .bool(runs),
            "version": .optional(version), "program": .optional(program),
            "remarks": .array(remarks.map(JSON.string)),
        ]
    }
}
