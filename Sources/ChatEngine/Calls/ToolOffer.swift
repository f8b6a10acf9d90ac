package import Conversation
package import ModelCatalog

/// The tools that there are, and those of them that requests of the open conversation offer.
package struct ToolOffer: Equatable, Sendable {
  /// The tools as far as they were listed; nil before.
  package let available: [Tool]?
  /// The names that are on, of tools and of servers with all their tools, in the order in which they were
  /// named.
  package let enabled: [String]
  package let servers: [String]
  package let rules: ToolRules

  init(_ calls: Calls, of conversation: Conversation) {
    available = calls.tools
    enabled = conversation.parameters.tools ?? calls.options.enabled
    servers = calls.options.servers
    rules = calls.rules
  }

  /// The names that the next request offers.
  package var names: [String] { enabled.filter { !rules.denies($0) } }

  /// What the definitions that the next request offers cost in it, as far as they are known.
  package var tokens: TokenEstimate {
    (available ?? []).filter(includes).reduce(.exact(0)) { $0 + $1.definition.tokens }
  }

  /// The tool of this name, or of this name on the wire.
  package func tool(named name: String) -> Tool? {
    available?.first { $0.name == name } ?? available?.first { $0.definition.wireName == name }
  }

  /// Whether a tool is switched on, by its own name or by its server's.
  package func isOn(_ tool: Tool) -> Bool {
    enabled.contains(tool.name) || tool.server.map(enabled.contains) ?? false
  }

  /// Whether a tool may be asked for: it is on, and no rule denies it.
  package func includes(_ tool: Tool) -> Bool { isOn(tool) && !rules.denies(tool.name) }

  /// Whether a call of this name is of a tool that is on, as far as names tell.
  func includes(callOf name: String) -> Bool {
    names.contains { on in
      on == name || ToolDefinition.wireName(of: on) == name
        || servers.contains(on) && name.hasPrefix(on + "__")
    }
  }

  /// Whether a reply asks for a call of a tool that is offered.
  func includesCall(of reply: Message?) -> Bool {
    (reply?.parts.toolCalls ?? []).contains { includes(callOf: $0.name) }
  }

  /// The names that are on once a tool, or a server with all its tools, is switched; one of a server that
  /// is on as a whole is taken out of it.
  func switching(_ name: String, on isOn: Bool) -> [String] {
    var names = enabled
    let server = tool(named: name)?.server
    if !isOn, let server, names.contains(server) {
      let others = (available ?? []).filter { $0.server == server && $0.name != name }.map(\.name)
      names = names.filter { $0 != server } + others
    }
    names.removeAll { $0 == name }
    if servers.contains(name) { names.removeAll { $0.hasPrefix(name + "__") } }
    return isOn ? names + [name] : names
  }

  /// The names that are on and of no tool; those of servers that list nothing are told with the server.
  var missing: [String] {
    let tools = available ?? []
    return enabled.filter { name in
      guard !servers.contains(name), !tools.contains(where: { $0.name == name }) else {
        return false
      }
      let server = servers.first { name.hasPrefix($0 + "__") }
      return server.map { server in tools.contains { $0.server == server } } ?? true
    }
  }
}
