package import JSON

/// The arguments of a call, which fit what its tool declares. Here and nowhere else they are read by name.
package struct Arguments: Sendable, Hashable {
    package let json: JSON

    /// For a call that is made here.
    package init(_ arguments: GivenArgument...) { self.init(arguments) }

    package init(_ arguments: [GivenArgument]) {
        let given = arguments.compactMap { argument in argument.value.map { (argument.name, $0) } }
        json = .object(Dictionary(given, uniquingKeysWith: { _, last in last }))
    }

    /// What a model wrote. Throws ``ToolError/Kind/invalidArguments`` with what is wrong and what is valid.
    package init(parsing text: String, for tool: ToolDeclaration) throws(ToolError) {
        let schema = ArgumentSchema(tool.description.parameters)
        do throws(JSONError) {
            // Servers send an empty text for a tool without arguments.
            let parsed = text.isEmpty ? [:] : try JSON(parsing: text)
            json = schema.leavingOutNulls(parsed.isNull ? [:] : parsed)
        } catch {
            throw ToolError(.invalidArguments, "the arguments of \(tool.name) are \(error)")
        }
        let violations = schema.violations(in: json)
        guard violations.isEmpty else {
            let text = violations.prefix(5).joined(separator: "; ")
            throw ToolError(.invalidArguments, "\(text). \(tool.name) takes: \(schema.summary)")
        }
    }

    package subscript<Value>(_ parameter: Parameter<Value>) -> Value {
        guard let value = parameter.value(json[parameter.name]) else {
            preconditionFailure("the tool does not declare \(parameter.name), or its arguments were not checked")
        }
        return value
    }
}
