internal import Assistant
package import JSON

/// What ``GitContributors`` gives.
package struct ContributorList: ToolOutput {
    package struct Person: ToolOutput {
        package let name: String
        package let email: String
        package let commits: Int

        package var json: JSON { ["name": .string(name), "email": .string(email), "commits": .integer(commits)] }
    }

    /// Most commits first.
    package let people: [Person]
    /// Of all of them.
    package let commits: Int
    /// A shallow clone has not all of them.
    package let isShallow: Bool

    package var json: JSON {
        ["contributors": people.json, "commits": .integer(commits), "shallow": .bool(isShallow)]
    }
}

extension ContributorList {
    package init?(json: JSON) {
        guard let people = json["contributors"].flatMap([Person].init(json:)), let commits = json["commits"]?.integer,
            let isShallow = json["shallow"]?.bool
        else { return nil }
        self.init(people: people, commits: commits, isShallow: isShallow)
    }
}

extension ContributorList.Person {
    package init?(json: JSON) {
        guard let name = json["name"]?.string, let email = json["email"]?.string,
            let commits = json["commits"]?.integer
        else { return nil }
        self.init(name: name, email: email, commits: commits)
    }
}
