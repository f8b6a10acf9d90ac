/// A tool that can be offered to a model: what the model is told of it, where it runs, and whether the
/// user is asked before it does.
package struct Tool: Hashable, Sendable {
  /// Where a tool runs.
  package enum Source: Hashable, Sendable {
    /// Inside this program.
    case builtIn
    /// A program of the user's, by its path.
    case program(path: String)
    /// A server of the Model Context Protocol, by its configured name; `host` is nil for one that runs
    /// on this machine.
    case server(String, host: String?)
  }

  /// When the user is asked before a call is made.
  package enum Asking: String, CaseIterable, Sendable {
    /// Before every call.
    case always
    /// Before the first call of a conversation.
    case once
    case never
  }

  package var definition: ToolDefinition
  package var source: Source
  package var asking: Asking

  package init(_ definition: ToolDefinition, source: Source, asking: Asking = .always) {
    self.definition = definition
    self.source = source
    self.asking = asking
  }

  package var name: String { definition.name }

  /// The configured name of the server that it comes from; nil where it runs here.
  package var server: String? {
    if case .server(let name, _) = source { name } else { nil }
  }
}
