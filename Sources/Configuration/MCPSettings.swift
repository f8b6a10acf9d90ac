package import Conversation
import Language
package import Secrets
import Yams

/// What the user says of one server of the Model Context Protocol: a program to start, or an address.
package struct MCPSettings: Equatable, Sendable {
  /// Begins the names of its tools: letters, digits, dashes and single underscores.
  package var name: String
  /// The program, found by `PATH`; nil for a server at an address.
  package var command: String?
  package var arguments: [String] = []
  /// Variables that the program gets beside ``usualVariables``; `${NAME}` in a value stands for one of
  /// Iris's own.
  package var variables: [Variable] = []
  /// Names of variables that are passed on as they are.
  package var passedVariables: [String] = []
  package var address: String?
  package var headers: [Header] = []
  /// Where the key for `Authorization: Bearer` may be.
  package var keySources: [KeySource] = []
  package var proxy = Proxy.environment
  package var certificateFile: String?
  package var allowsPlainHTTP = false
  /// The tools that are taken; all where it is empty.
  package var tools: [String] = []
  package var asking = Tool.Asking.always
  package var timeLimit = Duration.seconds(60)
  package var isDisabled = false

  /// A variable and its value, which may be a secret.
  package struct Variable: Equatable, Sendable {
    package var name: String
    package var value: Secret

    package init(_ name: String, _ value: Secret) {
      self.name = name
      self.value = value
    }
  }

  /// The variables that a program needs to run at all; no key is among them.
  package static let usualVariables = [
    "HOME", "LANG", "LC_ALL", "LOGNAME", "PATH", "SHELL", "TERM", "TMPDIR", "USER",
  ]

  package init(name: String) {
    self.name = name
  }

  /// Whether a text can be a server's name.
  package static func isName(_ text: String) -> Bool {
    let isSpelled = text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
        true
      default: false
      }
    }
    return isSpelled && !text.isEmpty && text.utf8.count <= 32 && text.firstRange(of: "__") == nil
  }
}

extension MCPSettings {
  /// Every setting of one server.
  static var fields: [Field<MCPSettings>] {
    [
      .value("command", \.command, .line),
      .value("args", \.arguments, .texts(atMost: 500)),
      Field(name: "env") { node, server in node.readVariables(into: &server) },
      .value("url", \.address, .address),
      Field(name: "headers") { node, server in node.readHeaders(into: &server.headers) },
      .value("proxy", \.proxy, .proxy),
      .value("ca_file", \.certificateFile, .line),
      .value("allow_http", \.allowsPlainHTTP, .flag),
      .value("tools", \.tools, .texts(atMost: 500)),
      .value("ask", \.asking, .choice),
      .value("timeout", \.timeLimit, .seconds),
      .value("disabled", \.isDisabled, .flag),
    ] + KeySource.fields(\.keySources)
  }
}

extension Node {
  /// Reads the servers by name; one without a command and an address is left out.
  func readMCPServers(into servers: inout [MCPSettings]) -> [ConfigurationMistake] {
    guard let mapping else {
      return [mistake(say("mcp holds nothing by name, expected lines like “files:”"))]
    }
    var mistakes: [ConfigurationMistake] = []
    for (key, value) in mapping {
      guard let name = key.scalar?.string, MCPSettings.isName(name) else {
        mistakes.append(
          key.mistake(
            say("this is no server's name, expected letters, digits, - and single _ (32 at most)")))
        continue
      }
      var server = MCPSettings(name: name)
      mistakes += value.read(MCPSettings.fields, of: name, into: &server)
      guard (server.command == nil) != (server.address == nil) else {
        mistakes.append(key.mistake(say("\(name) needs either a command or a url")))
        continue
      }
      servers.append(server)
    }
    return mistakes
  }

  /// Reads `env`: values by names, or a list of names.
  fileprivate func readVariables(into server: inout MCPSettings) -> [ConfigurationMistake] {
    if let sequence {
      let names = sequence.compactMap { Shape.variable.read($0) }
      guard names.count == sequence.count else { return [mistake(Self.variablesExpected)] }
      server.passedVariables = names
      return []
    }
    guard let mapping else { return [mistake(Self.variablesExpected)] }
    for (key, value) in mapping {
      guard let name = Shape.variable.read(key), let text = value.scalar?.string,
        !text.contains("\0")
      else { return [key.mistake(Self.variablesExpected)] }
      server.variables.append(MCPSettings.Variable(name, Secret(text)))
    }
    return []
  }

  private static var variablesExpected: Phrase {
    say("env does not fit, expected lines like “NAME: value”, or a list of names to pass on")
  }
}
