import ChatEngine
import Configuration
import Conversation
import Files
import Language
import Synchronization
import Tools

/// The tools that there are on this machine, read when they are first needed.
///
/// May be used from any task; reading blocks the caller's thread.
final class ToolLibrary: Sendable {
  private let folders: Folders
  private let further: [String]
  private let loaded = Mutex<ToolFolder?>(nil)

  init(_ installation: Installation) {
    folders = installation.folders
    further = installation.configuration.toolFolders.map(installation.folders.expand)
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

  /// All tools: those of folders, then those inside Iris, whose names others may take.
  var tools: [Tool] {
    let own = folder.tools
    let builtIn = BuiltInTool.allCases.map(\.tool)
    return own + builtIn.filter { tool in !own.contains { $0.name == tool.name } }
  }

  func program(named name: String) -> ToolProgram? { folder.programs[name] }

  /// The definitions of these tools, in the order of the names; of a name that no tool has, none.
  func definitions(of names: [String]) -> [ToolDefinition] {
    guard !names.isEmpty else { return [] }
    let tools = tools
    return names.compactMap { name in tools.first { $0.name == name }?.definition }
  }
}

extension ToolRules {
  /// The file of the rules.
  private static func path(_ folders: Folders) -> String { folders.configuration + "/permissions" }

  private static let largest = 1_000_000

  /// Reads the rules that were written down; a file that cannot be read allows nothing.
  static func load(from folders: Folders) -> ToolRules {
    do throws(FileError) {
      let bytes = try SmallFile.bytes(of: path(folders), atMost: largest)
      return ToolRules(text: String(decoding: bytes, as: UTF8.self))
    } catch {
      return ToolRules()
    }
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
