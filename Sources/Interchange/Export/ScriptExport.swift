import Files

/// A request as a shell script that makes it with `curl`.
///
/// The key comes from the environment and goes to `curl` through a descriptor, so that neither the
/// file nor the list of processes shows it; so does an address that unlocks something by what stands
/// behind its question mark.
package struct ScriptExport: Hashable, Sendable {
  /// The address that the request is posted to.
  package var url: String
  /// The texts in the address that must not be written: the script asks for each by a variable.
  package var urlSecrets: [String]
  /// The variable that holds the key; nil for a server that wants none.
  package var keyVariable: String?
  /// What stands before the key in the header, as in `Authorization: Bearer `.
  package var keyHeader: String
  /// Further headers without secrets, as `Name: value`.
  package var headers: [String]

  package init(
    url: String, urlSecrets: [String] = [], keyVariable: String? = "OPENAI_API_KEY",
    keyHeader: String = "Authorization: Bearer ", headers: [String] = []
  ) {
    self.url = url
    self.urlSecrets = urlSecrets
    self.keyVariable = keyVariable
    self.keyHeader = keyHeader
    self.headers = headers
  }

  /// Writes the script for `body`, which must be JSON on one line, to `path`.
  package func write(
    _ body: [BodyPiece], to path: String, isReplacing: Bool = false
  ) throws(InterchangeError) {
    try writing(to: path, isReplacing: isReplacing) { sink throws(FileError) in
      try sink.write(opening)
      try RequestExport.write(body, to: &sink)
      try sink.write("\nIRIS_BODY\n")
    }
  }

  private var opening: String {
    let headers = (["Content-Type: application/json"] + headers)
      .map { "  -H \(Self.quoted($0)) \\\n" }.joined()
    let about =
      keyVariable.map { "Run it with sh; the key is read from $\($0)." } ?? "Run it with sh."
    let wanted = (keyVariable.map { [$0] } ?? []) + urlVariables.map(\.name)
    let checks = wanted.map { ": \"${\($0):?Set \($0) to your key.}\"\n" }.joined()
    let key = keyVariable == nil ? "" : " -H @/dev/fd/3"
    let keyLines = keyVariable.map { "\(keyHeader)$\($0)\nIRIS_KEY\n" } ?? ""
    let keyInput = keyVariable == nil ? "" : " 3<<IRIS_KEY"
    return """
      #!/bin/sh
      # Asks for the reply to a conversation. \(about)
      \(checks)curl -sS \(address) \\
      \(headers) \(key) --data-binary @-\(keyInput)\(addressInput) <<'IRIS_BODY'
      \(keyLines)\(addressLines)
      """
  }

  /// The variables of an address that may not be written, and what stands there instead of each.
  private var urlVariables: [(name: String, secret: String)] {
    urlSecrets.enumerated().map { index, secret in
      (name: index == 0 ? "IRIS_URL_KEY" : "IRIS_URL_KEY_\(index + 1)", secret: secret)
    }
  }

  /// The address as a word of the command, or the file of settings (curl(1), `-K`) that has it.
  private var address: String { urlSecrets.isEmpty ? Self.quoted(url) : "-K /dev/fd/4" }
  private var addressInput: String { urlSecrets.isEmpty ? "" : " 4<<IRIS_URL" }

  private var addressLines: String {
    guard !urlSecrets.isEmpty else { return "" }
    var url = url.reduce(into: "") { result, character in
      result += "\\$`\"".contains(character) ? "\\\(character)" : String(character)
    }
    for variable in urlVariables {
      url = url.replacing("=" + variable.secret, with: "=$" + variable.name)
    }
    return "url = \"\(url)\"\nIRIS_URL\n"
  }

  /// `text` as one word of the shell.
  private static func quoted(_ text: String) -> String {
    "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
      + "'"
  }
}
