import ChatAPI
import Configuration
import Conversation
import JSON
import Language
import MCP
import Secrets
import Synchronization
import Tools

/// The configured servers of the Model Context Protocol, each started when its tools are first needed.
///
/// May be used from any task.
final class MCPServers: Sendable {
  /// A server, and what the configuration says of it.
  struct Entry: Sendable {
    let settings: MCPSettings
    let server: MCPServer
  }

  /// The tools of some servers, and why others have none.
  struct Listing: Sendable {
    var tools: [Tool] = []
    var problems: [Phrase] = []
  }

  /// What parts a server's name from its tool's.
  private static let separator = "__"

  let installation: Installation
  let client: ChatClient
  private let version: String
  private let memory: RevisionMemory
  private let opened = Mutex<[String: Result<Entry, MCPError>]>([:])
  /// Called when the tools of a server are others.
  private let onToolsChanged = Mutex<(@Sendable (String) -> Void)?>(nil)

  init(_ installation: Installation, client: ChatClient) {
    self.installation = installation
    self.client = client
    version = ProgramVersion.current
    memory = RevisionMemory(installation.folders)
  }

  /// The servers' names, in the configuration's order.
  var names: [String] { settings.map(\.name) }

  private var settings: [MCPSettings] {
    installation.configuration.mcpServers.filter { !$0.isDisabled }
  }

  /// What the configuration says of a server.
  func settings(of name: String) -> MCPSettings? { settings.first { $0.name == name } }

  /// Sets who is told that the tools of a server are others.
  func tellChanges(to listener: @escaping @Sendable (String) -> Void) {
    onToolsChanged.withLock { $0 = listener }
  }

  /// The names of the servers that have a tool of that name, or are called so.
  func servers(of names: [String]) -> [String] {
    let wanted = Set(names.map { $0.prefix(beforeFirst: Self.separator) })
    return self.names.filter(wanted.contains)
  }

  /// Starts servers that were not, side by side, and lists their tools.
  func list(_ names: [String]) async -> Listing {
    await withTaskGroup(of: (Int, Listing).self) { group in
      for (place, name) in names.enumerated() {
        group.addTask { (place, await self.list(name)) }
      }
      var listings = [Listing](repeating: Listing(), count: names.count)
      for await (place, listing) in group { listings[place] = listing }
      return listings.reduce(into: Listing()) { all, listing in
        all.tools += listing.tools
        all.problems += listing.problems
      }
    }
  }

  private func list(_ name: String) async -> Listing {
    do throws(MCPError) {
      let entry = try entry(named: name)
      let tools = try await entry.server.listTools()
      memory.keep(await entry.server.revision, of: entry.settings)
      return Listing(
        tools: tools.map { tool in
          let tool = tool.redacted(by: KnownSecrets.ofProcess.redaction)
          return Tool(tool, of: entry.settings, host: entry.server.settings.host)
        })
    } catch {
      return error == .stopped ? Listing() : Listing(problems: [error.phrase(of: name)])
    }
  }

  /// Calls a tool by the name that it has here; nil where it is none of a server's.
  func call(
    _ tool: String, arguments: String, _ context: MCPServer.CallContext
  ) async -> ToolOutput? {
    guard let range = tool.firstRange(of: Self.separator) else { return nil }
    let name = String(tool[..<range.lowerBound])
    guard names.contains(name) else { return nil }
    do throws(MCPError) {
      let server = try entry(named: name).server
      return await server.call(
        String(tool[range.upperBound...]), arguments: arguments, context)
    } catch {
      return .failure(error.phrase(of: name).text())
    }
  }

  /// A server as it is; starts nothing.
  func status(of name: String) async -> MCPServer.Status {
    do throws(MCPError) {
      return await (try entry(named: name)).server.status
    } catch {
      return MCPServer.Status(error: error)
    }
  }

  /// Ends all that were started.
  func close() async {
    let entries = opened.withLock { opened in
      defer { opened = [:] }
      return opened.values.compactMap { try? $0.get() }
    }
    await withTaskGroup(of: Void.self) { group in
      for entry in entries { group.addTask { await entry.server.close() } }
    }
  }

  private func entry(named name: String) throws(MCPError) -> Entry {
    let result = opened.withLock { opened -> Result<Entry, MCPError>? in
      if let known = opened[name], case .success = known { return known }
      guard let settings = settings.first(where: { $0.name == name }) else { return nil }
      let result = Result { () throws(MCPError) in try makeEntry(settings) }
      opened[name] = result
      return result
    }
    guard let result else { throw .notStarted(command: name) }
    return try result.get()
  }

  private func makeEntry(_ settings: MCPSettings) throws(MCPError) -> Entry {
    var description = MCPServerSettings(
      name: settings.name, place: try place(of: settings), included: settings.tools,
      callLimit: settings.timeLimit)
    description.startLimit = max(description.startLimit, settings.timeLimit)
    let name = settings.name
    let server = MCPServer(
      description, version: version, answersQuestions: true,
      knownRevision: memory.revision(of: settings), pause: QuietPause.wait,
      onToolsChanged: { [weak self] in self?.onToolsChanged.withLock { $0 }?(name) })
    return Entry(settings: settings, server: server)
  }
}

extension String {
  /// What stands before a text in it; all where the text is not in it.
  fileprivate func prefix(beforeFirst text: String) -> String {
    firstRange(of: text).map { String(self[..<$0.lowerBound]) } ?? self
  }
}

extension Tool {
  /// A server's tool, under the server's name and its own.
  fileprivate init(_ tool: RemoteTool, of settings: MCPSettings, host: String?) {
    let definition = ToolDefinition(
      name: settings.name + "__" + tool.name, summary: tool.summary,
      parameters: tool.schema.description)
    self.init(
      definition, source: .server(settings.name, host: host), asking: settings.asking)
  }
}
