package import Conversation
import Files
import JSON
import Language

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The tools of a folder: what a model is told of each, and the program that each is.
///
/// A folder holds programs beside descriptions (`weather`, `weather.sh` or any other ending, with
/// `weather.yaml`), or is one that was built for aichat's `llm-functions`: `functions.json` beside `bin`.
/// Folders of the second kind that lie in it are read as well.
package struct ToolFolder: Equatable, Sendable {
  package private(set) var tools: [Tool] = []
  /// By the tool's name.
  package private(set) var programs: [String: ToolProgram] = [:]
  /// What cannot be used; everything else can.
  package private(set) var problems: [ToolProblem] = []

  /// Reads the folder at `path`; a folder that is not there has no tools.
  package init(path: String) {
    let names: [String]
    do throws(FileError) {
      names = try FileSystem.names(in: path).sorted()
    } catch {
      if !error.isMissing {
        problems.append(
          ToolProblem(say("\(path) cannot be read: \(FileError.reason(of: error.code)).")))
      }
      return
    }
    if names.contains(Self.list) {
      readLibrary(at: path)
      return
    }
    for name in names where name.hasSuffix(".yaml") || name.hasSuffix(".yml") {
      readDescription(name, in: path, among: names)
    }
    for name in names where Self.exists("\(path)/\(name)/\(Self.list)") {
      readLibrary(at: "\(path)/\(name)")
    }
  }

  /// The file in which `llm-functions` keeps its definitions.
  private static let list = "functions.json"

  private static func exists(_ path: String) -> Bool { access(path, R_OK) == 0 }

  private mutating func readDescription(_ name: String, in folder: String, among names: [String]) {
    let stem = String(name.prefix(upTo: name.lastIndex(of: ".") ?? name.endIndex))
    do throws(ToolProblem) {
      let description = try ToolDescriptionFile(path: "\(folder)/\(name)")
      let path = try Self.program(named: stem, in: folder, among: names)
      let definition = ToolDefinition(
        name: stem, summary: description.summary, parameters: description.parameters)
      add(
        Tool(definition, source: .program(path: path), asking: description.asking),
        ToolProgram(path: path, timeLimit: description.timeLimit))
    } catch {
      problems.append(error)
    }
  }

  /// The file that a description is about: one of the same name, with any ending or none.
  private static func program(
    named stem: String, in folder: String, among names: [String]
  ) throws(ToolProblem) -> String {
    let candidates = names.filter { name in
      guard name == stem || name.hasPrefix(stem + ".") else { return false }
      return ![".yaml", ".yml", "~", ".bak"].contains { name.hasSuffix($0) }
    }
    let paths = candidates.map { "\(folder)/\($0)" }
    if let path = paths.first(where: { access($0, X_OK) == 0 }) { return path }
    if let path = paths.first {
      throw ToolProblem(say("\(path) is no program that may be run. Run: chmod +x \(path)"))
    }
    throw ToolProblem(
      say("There is no program \(stem) beside \(folder)/\(stem).yaml. The tool is left out."))
  }

  /// Reads a folder of aichat's `llm-functions`: the definitions, and the programs in `bin`.
  private mutating func readLibrary(at folder: String) {
    let path = "\(folder)/\(Self.list)"
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try SmallFile.bytes(of: path, atMost: 16_000_000)
    } catch {
      problems.append(
        ToolProblem(say("\(path) cannot be read: \(FileError.reason(of: error.code)).")))
      return
    }
    guard let functions = JSONValue(parsing: bytes)?.elements else {
      problems.append(ToolProblem(say("\(path) is no list of functions. Build it again.")))
      return
    }
    for function in functions { add(function, of: folder) }
  }

  private mutating func add(_ function: JSONValue, of folder: String) {
    guard let name = function["name"]?.string, !name.isEmpty, !name.contains("/") else {
      problems.append(
        ToolProblem(say("A function in \(folder)/\(Self.list) has no name. It is left out.")))
      return
    }
    let path = "\(folder)/bin/\(name)"
    guard access(path, X_OK) == 0 else {
      problems.append(
        ToolProblem(
          say("There is no program \(path), which \(Self.list) names. Build the functions again.")))
      return
    }
    let definition = ToolDefinition(
      name: name, summary: function["description"]?.string ?? "",
      parameters: function["parameters"]?.description ?? ToolDefinition.noParameters)
    add(
      Tool(definition, source: .program(path: path)),
      ToolProgram(path: path, searchFolders: ["\(folder)/bin"]))
  }

  /// Of two tools with one name the first counts.
  private mutating func add(_ tool: Tool, _ program: ToolProgram) {
    guard programs[tool.name] == nil else {
      problems.append(
        ToolProblem(say("There are two tools called \(tool.name): \(program.path) is left out.")))
      return
    }
    tools.append(tool)
    programs[tool.name] = program
  }

  /// Adds the tools of another folder behind these.
  package mutating func add(_ other: ToolFolder) {
    problems += other.problems
    for tool in other.tools {
      if let program = other.programs[tool.name] { add(tool, program) }
    }
  }
}
