import Files
import Glibc
import Language
import Processes
package import Secrets

/// Reads keys from where they are, and keeps them in the system keyring.
///
/// Every call may wait, for as long as `limit`: never call it where the screen is drawn. A key is
/// never an argument of a program, and never part of an error.
package struct KeyReader: Sendable {
  /// The variables that keys may be in, and that commands get.
  package var environment: [String: String]
  package var folders: Folders
  /// How long a command, or the keyring, may take.
  package var limit: Duration

  package init(
    environment: [String: String], folders: Folders, limit: Duration = .seconds(30)
  ) {
    self.environment = environment
    self.folders = folders
    self.limit = limit
  }

  /// The key of a server, from the first of its sources that has one; nil where it needs none.
  ///
  /// A variable that is not set, and a keyring without the entry, are passed over; a file or a
  /// command that fails is not, since the user named it.
  ///
  /// - Throws: `missingKey` when the server needs one, or why a source failed.
  package func key(for provider: ProviderSettings) throws(ConfigurationError) -> Secret? {
    for source in provider.keySources {
      if let key = try key(from: source) { return key }
    }
    if let key = try kept(for: provider) { return key }
    guard provider.needsKey else { return nil }
    throw .missingKey(provider: provider.name, sources: provider.keySources)
  }

  /// The key in one source; nil where the variable is not set, or the keyring lacks the entry.
  package func key(from source: KeySource) throws(ConfigurationError) -> Secret? {
    switch source {
    case .environment(let variable):
      try environment.value(of: variable).map { text throws(ConfigurationError) in
        try Secret(key: text[...], from: verbatim(variable))
      }
    case .command(let command): try key(fromCommand: command)
    case .file(let path): try key(fromFile: folders.expand(path))
    case .keyring(let entry): try key(from: entry)
    }
  }

  private func key(fromCommand command: String) throws(ConfigurationError) -> Secret {
    let name = programName(in: command)
    // The shell reads the command from its input: an argument would be seen in the list of processes,
    // and people put keys into commands.
    let shell = ChildProgram(
      arguments: ["/bin/sh"], environment: environment, input: Array((command + "\n").utf8))
    let outcome = try run(shell, name)
    guard outcome.status == 0 else {
      throw .keyCommandFailed(command: name, status: outcome.status)
    }
    guard let line = firstLine(outcome.output) else {
      throw .keyCommandPrintedNothing(command: name)
    }
    return try Secret(key: line, from: say("the command “\(name)”"))
  }

  /// Runs a program that has no input unless it is given some, and whose first line may be a key.
  func run(
    _ program: ChildProgram, _ name: String
  ) throws(ConfigurationError) -> ChildProgram.Outcome {
    var program = program
    program.input = program.input ?? []
    program.byteLimit = 65_536
    program.timeLimit = limit
    let outcome = program.run()
    guard !outcome.isLate else { throw .keyCommandTimedOut(command: name, limit: limit) }
    return outcome
  }

  private func key(fromFile path: String) throws(ConfigurationError) -> Secret {
    let file = try reading { () throws(FileError) in try SmallFile(path) }
    try Self.check(file.status, of: path)
    let bytes = try reading { () throws(FileError) in try file.bytes(atMost: 65_536) }
    guard let line = firstLine(bytes) else { throw .keyFileIsEmpty(path: path) }
    return try Secret(key: line, from: verbatim(path))
  }

  /// Makes sure that nobody but the user can read a file, or put a key of their own there.
  private static func check(
    _ status: FileSystem.Status, of path: String
  ) throws(ConfigurationError) {
    guard status.isFile else { throw .keyFileIsNoFile(path: path) }
    guard status.owner == geteuid() else { throw .keyFileIsNotOurs(path: path) }
    guard status.permissions & 0o077 == 0 else {
      throw .keyFileIsOpen(path: path, mode: String(status.permissions, radix: 8))
    }
  }
}

extension Secret {
  /// A key without the white space around it.
  ///
  /// - Throws: `malformedKey` when what is left cannot stand in a header (RFC 9110 §5.5).
  init(key text: Substring, from source: Phrase) throws(ConfigurationError) {
    var trimmed = text.drop(while: \.isWhitespace)
    while trimmed.last?.isWhitespace == true { trimmed.removeLast() }
    let key = String(trimmed)
    guard key.unicodeScalars.allSatisfy({ (0x21...0x7E).contains($0.value) }) else {
      throw .malformedKey(source: source)
    }
    self.init(key)
  }
}

extension KeyReader {
  /// The program that a shell command begins with, if there is such a program: the word may be the
  /// key itself, as may what follows.
  private func programName(in command: String) -> String {
    let words = command.split(whereSeparator: \.isWhitespace)
    let name = words.first { !$0.contains("=") }.map { folders.expand(String($0)) } ?? ""
    let path = environment.value(of: "PATH") ?? "/usr/bin:/bin"
    let isThere =
      name.contains("/")
      ? access(name, X_OK) == 0 : InstalledPrograms.place(of: name, in: path) != nil
    return !name.isEmpty && isThere ? name : "…"
  }
}

/// The first line of a text, or nil when it is blank.
func firstLine(_ bytes: [UInt8]) -> Substring? {
  let line = String(decoding: bytes, as: UTF8.self).prefix { !$0.isNewline }
  return line.allSatisfy(\.isWhitespace) ? nil : line
}
