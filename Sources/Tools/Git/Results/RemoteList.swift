internal import Assistant
package import JSON

/// What ``GitRemotes`` gives.
package struct RemoteList: ToolOutput {
    package struct Entry: ToolOutput {
        package let name: String
        /// Without credentials.
        package let url: String

        package var json: JSON { ["name": .string(name), "url": .string(url)] }
    }

    package let remotes: [Entry]

    package var json: JSON { ["remotes": remotes.json] }
}

extension RemoteList {
    package init?(json: JSON) {
        guard let remotes = json["remotes"].flatMap([Entry].init(json:)) else { return nil }
        self.init(remotes: remotes)
    }
}

extension RemoteList.Entry {
    package init?(json: JSON) {
        guard let name = json["name"]?.string, let url = json["url"]?.string else { return nil }
        self.init(name: name, url: url)
    }
}
