import Configuration
import Files
import JSON
import Language

/// The `mcpServers` of another program's configuration, such as `claude_desktop_config.json`, as text for
/// `config.yaml`.
///
/// Nothing is run, and the file stays as it is. JSON is YAML (YAML 1.2.2 §1.3): values go over as they are.
struct MCPImport: Sendable {
  /// The servers' names and their lines, two columns deep.
  private(set) var servers: [(name: String, lines: [String])] = []
  /// What could not be taken over.
  private(set) var remarks: [Phrase] = []

  private static let byteLimit = 4_000_000

  /// Reads the file at `path`; nil where it has no `mcpServers`.
  init?(path: String) {
    guard let bytes = try? SmallFile.bytes(of: path, atMost: Self.byteLimit),
      case .object(let members)? = JSONValue(parsing: bytes)?["mcpServers"]
    else { return nil }
    for member in members { add(member.name, member.value) }
  }

  private mutating func add(_ name: String, _ value: JSONValue) {
    let name = Self.name(from: name)
    let kept = ["command", "args", "env", "url", "headers"].compactMap { key in
      value[key].map { (key, $0) }
    }.filter { !$0.1.isEmptyCollection }
    guard kept.contains(where: { $0.0 == "command" || $0.0 == "url" }) else {
      remarks.append(say("\(name) has neither a command nor a url. It is left out."))
      return
    }
    guard value["type"]?.string != "sse" else {
      remarks.append(
        say("\(name) speaks HTTP with SSE, which is no more in use. Give it a newer address."))
      return
    }
    var lines = ["  \(name):"] + kept.map { "    \($0.0): \($0.1.forYAML)" }
    if value["disabled"]?.bool == true { lines.append("    disabled: true") }
    servers.append((name, lines))
  }

  /// The name with only what a server's name may have.
  private static func name(from text: String) -> String {
    var name = ""
    for scalar in text.unicodeScalars {
      let isKept = scalar.isASCII && MCPSettings.isName(String(Character(scalar)))
      let next: Character = isKept ? Character(scalar) : "-"
      if next == "_" || next == "-", name.last == next { continue }
      name.append(next)
    }
    return MCPSettings.isName(String(name.prefix(32))) ? String(name.prefix(32)) : "server"
  }

  /// The text as it stands in `config.yaml`.
  var text: String { (["mcp:"] + servers.flatMap(\.lines)).joined(separator: "\n") + "\n" }

  /// Leaves out the servers of these names.
  mutating func leaveOut(_ names: Set<String>) {
    for server in servers where names.contains(server.name) {
      remarks.append(say("\(server.name) is in mcp in config.yaml already. It is left as it is."))
    }
    servers.removeAll { names.contains($0.name) }
  }

  /// A configuration with the servers in it; nil where they cannot be put in line by line.
  func inserted(into yaml: String) -> String? {
    var lines = yaml.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let head = lines.firstIndex { $0.hasPrefix("mcp:") }
    guard let head else {
      let start = yaml.isEmpty || yaml.hasSuffix("\n") ? yaml : yaml + "\n"
      return verified(start + (yaml.isEmpty ? "" : "\n") + text, over: yaml)
    }
    let rest = lines[head].dropFirst(4).drop(while: \.isWhitespace)
    guard rest.isEmpty || rest.hasPrefix("#") else { return nil }
    // All servers stand equally deep.
    let next = lines[(head + 1)...].first { line in
      !line.allSatisfy(\.isWhitespace) && !line.drop(while: \.isWhitespace).hasPrefix("#")
    }
    let depth = next?.prefix { $0 == " " }.count ?? 2
    let added = String(repeating: " ", count: depth == 0 ? 0 : max(0, depth - 2))
    lines.insert(contentsOf: servers.flatMap(\.lines).map { added + $0 }, at: head + 1)
    return verified(lines.joined(separator: "\n"), over: yaml)
  }

  /// The new text, where it says all that the old one did, and the servers.
  private func verified(_ text: String, over old: String) -> String? {
    let before = Configuration.read(yaml: old)
    let after = Configuration.read(yaml: text)
    let names = Set(after.configuration.mcpServers.map(\.name))
    var rest = after.configuration
    rest.mcpServers = before.configuration.mcpServers
    let isWhole = servers.allSatisfy { names.contains($0.name) } && rest == before.configuration
    return isWhole && after.mistakes.count <= before.mistakes.count ? text : nil
  }
}

extension JSONValue {
  fileprivate var isEmptyCollection: Bool { self == [] || self == [:] || self == .null }

  /// The value as YAML on one line: JSON with blanks behind colons and commas of its top level.
  fileprivate var forYAML: String {
    switch self {
    case .object(let members):
      "{" + members.map { "\($0.name.quotedAsJSON): \($0.value)" }.joined(separator: ", ") + "}"
    case .array(let elements): "[" + elements.map(\.description).joined(separator: ", ") + "]"
    default: description
    }
  }
}

extension MCPCalls {
  /// Takes the servers of those files that hold some over into `config.yaml`, and shows them.
  ///
  /// With `isPlan` they are only shown. Answers the other files, and the status of the first failure.
  package func importServers(
    from paths: [String], isPlan: Bool
  ) -> (rest: [String], status: ExitStatus) {
    var rest: [String] = []
    var status = ExitStatus.done
    for path in paths {
      guard var found = MCPImport(path: installation.folders.expand(path)) else {
        rest.append(path)
        continue
      }
      found.leaveOut(Set(installation.configuration.mcpServers.map(\.name)))
      for remark in found.remarks { StandardError.say(remark, in: installation.language) }
      guard !found.servers.isEmpty else { continue }
      StandardOutput.write(found.text)
      if !isPlan, !keep(found), status == .done { status = .cannotWrite }
    }
    return (rest, status)
  }

  private func keep(_ found: MCPImport) -> Bool {
    let named = installation.invocation.configurationFile ?? installation.folders.configurationFile
    // Who keeps the file elsewhere has a link there.
    let path = (try? FileSystem.realPath(of: named)) ?? named
    var isWritten = false
    do throws(FileError) {
      try SharedFile.update(path, atMost: 4_000_000) { bytes in
        let text = found.inserted(into: String(decoding: bytes, as: UTF8.self))
        isWritten = text != nil
        return text.map { Array($0.utf8) }
      }
    } catch {
      let reason = FileError.reason(of: error.code)
      StandardError.say(
        say("\(path) cannot be written: \(reason). Put these lines into it."),
        in: installation.language)
      return false
    }
    let phrase =
      isWritten
      ? say("Written to \(path). iris mcp shows how the servers are.")
      : say("\(path) has mcp in another form. Put these lines into it.")
    StandardError.say(phrase, in: installation.language)
    return isWritten
  }
}
