import ChatAPI
import ChatEngine
import Configuration
import Conversation
import Files
import Language
import Synchronization
import Tools

/// The tools that there are: programs and descriptions on this machine, read when they are first needed,
/// those inside Iris, and those of servers, which are started for it.
///
/// May be used from any task; reading folders blocks the caller's thread.
final class ToolLibrary: Sendable {
  private let folders: Folders
  private let further: [String]
  private let loaded = Mutex<ToolFolder?>(nil)
  let servers: MCPServers

  init(_ installation: Installation, client: ChatClient) {
    folders = installation.folders
    further = installation.configuration.toolFolders.map(installation.folders.expand)
    servers = MCPServers(installation, client: client)
  }

  /// Programs and descriptions: those of the user's folder, and of the folders that the configuration
  /// names.
  var folder: ToolFolder {
    loaded.withLock { loaded in
      if let loaded { return loaded }
      var folder = ToolFolder(path: folders.configuration + "/tools")
      for path in further { folder.add(ToolFolder(path: path)) }
      loaded = folder
      return folder
    }
  }

  /// The tools on this machine: those of folders, then those inside Iris, whose names others may take.
  var localTools: [Tool] {
    let own = folder.tools
    let builtIn = BuiltInTool.allCases.map(\.tool)
    return own + builtIn.filter { tool in !own.contains { $0.name == tool.name } }
  }

  func program(named name: String) -> ToolProgram? { folder.programs[name] }

  /// The tools on this machine, and those of the servers that `scope` is about, which are started; what of
  /// them cannot be used.
  func list(_ scope: ToolScope) async -> MCPServers.Listing {
    let names =
      switch scope {
      case .all: servers.names
      case .named(let names): servers.servers(of: names)
      }
    var listing = await servers.list(names)
    listing.tools = localTools + listing.tools
    listing.problems = folder.problems.map(\.phrase) + listing.problems
    return listing
  }
}

extension ToolLibrary {
  /// The definitions of the tools of these names, of tools or of servers with all theirs, each once; those
  /// that `rules` deny are not offered.
  func definitions(
    named names: [String], under rules: ToolRules
  ) async -> (definitions: [ToolDefinition], listing: MCPServers.Listing) {
    let listing = await list(.named(names))
    let offered = names.flatMap { name in
      listing.tools.filter { $0.name == name || $0.server == name }
    }
    var known: Set<String> = []
    let definitions = offered.filter { !rules.denies($0.name) && known.insert($0.name).inserted }
      .map(\.definition)
    return (definitions, listing)
  }
}

extension ToolRules {
  /// The file of the rules.
  private static func path(_ folders: Folders) -> String { folders.configuration + "/permissions" }

  private static let largest = 1_000_000

  /// Reads the rules that were written down, and tells what of them cannot be used.
  ///
  /// A file that is there and cannot be read may deny anything: all is denied until it can.
  static func load(from folders: Folders) -> (rules: ToolRules, problem: Phrase?) {
    let path = path(folders)
    do throws(FileError) {
      let bytes = try SmallFile.bytes(of: path, atMost: largest)
      let rules = ToolRules(text: String(decoding: bytes, as: UTF8.self))
      return (rules, rules.problem(in: path))
    } catch {
      guard !error.isMissing else { return (ToolRules(), nil) }
      let reason = FileError.reason(of: error.code)
      return (
        ToolRules(text: "deny *"),
        say("\(path) cannot be read: \(reason). Until it can, no tool is offered.")
      )
    }
  }

  private func problem(in path: String) -> Phrase? {
    guard let line = unreadableLines.first else { return nil }
    return say(
      "\(path), line \(line), is no rule: expected “allow TOOL [PATTERN]” or “deny TOOL”. It is passed over."
    )
  }

  /// Adds a rule to those that are written down.
  static func add(_ rule: Rule, in folders: Folders) throws(FileError) {
    try SharedFile.update(path(folders), atMost: largest) { bytes in
      var rules = ToolRules(text: String(decoding: bytes, as: UTF8.self))
      rules.add(rule)
      return Array(rules.text.utf8)
    }
  }
}
