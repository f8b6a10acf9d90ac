import ChatAPI
import Configuration
import FoundationEssentials
import Language
import MCP

/// The call about servers of the Model Context Protocol, without the screen: `mcp`.
package struct MCPCalls: Sendable {
  let installation: Installation

  package init(_ installation: Installation) {
    self.installation = installation
  }

  /// `iris mcp`: starts every configured server, or those that are named, and says how each is: its
  /// revision, its tools, what went wrong.
  ///
  /// 69 where one of them cannot be used.
  package func list(_ names: [String], asJSON: Bool) -> ExitStatus {
    let servers = MCPServers(installation, client: ChatClient(timing: .quiet))
    if let name = names.first(where: { !servers.names.contains($0) }) {
      StandardError.say(
        say("There is no server \(name) in mcp in config.yaml. iris mcp lists those there are."),
        in: installation.language)
      return .missingInput
    }
    if servers.names.isEmpty, !asJSON {
      StandardError.say(
        say("No server is configured. Name one in mcp in config.yaml, or import one: iris import."),
        in: installation.language)
    }
    let wanted = names.isEmpty ? servers.names : names
    let lines = Blocking.wait { await Self.lines(of: wanted, servers) } ?? []
    write(lines, asJSON: asJSON)
    return lines.contains { $0.error != nil } ? .unavailable : .done
  }

  private static func lines(of names: [String], _ servers: MCPServers) async -> [PrintedServer] {
    _ = await servers.list(names)
    var lines: [PrintedServer] = []
    for name in names {
      guard let settings = servers.settings(of: name) else { continue }
      lines.append(PrintedServer(settings, await servers.status(of: name)))
    }
    await servers.close()
    return lines
  }

  private func write(_ lines: [PrintedServer], asJSON: Bool) {
    let language = installation.language
    guard !asJSON else {
      CallOutput.write(json: lines.map { $0.told(in: language) })
      return
    }
    CallOutput.write(
      head: [say("runs"), say("server"), say("revision"), say("tools")], in: language,
      lines.map { [$0.runs, $0.name, $0.revision ?? "–", $0.tools.map { "\($0.count)" } ?? "–"] })
    for line in lines {
      guard let phrase = line.failure?.phrase(of: line.name) else { continue }
      StandardError.say(phrase, in: language)
    }
  }
}

/// A server as it is printed.
private struct PrintedServer: Encodable {
  let name: String
  /// The command, or the address.
  let runs: String
  let revision: String?
  let tools: [String]?
  var error: String?
  let lastWords: String?
  let failure: MCPError?

  init(_ settings: MCPSettings, _ status: MCPServer.Status) {
    name = settings.name
    runs = settings.command ?? settings.address ?? ""
    revision = status.revision?.rawValue
    tools = status.tools
    lastWords = status.lastWords
    failure = status.error
    error = failure.map { "\($0)" }
  }

  /// With the error as a sentence.
  func told(in language: Language) -> PrintedServer {
    var line = self
    line.error = failure?.phrase(of: name).text(in: language)
    return line
  }

  private enum CodingKeys: String, CodingKey {
    case name, runs, revision, tools, error
    case lastWords = "last_words"
  }
}
