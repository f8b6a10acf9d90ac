import Files

/// A request as a shell script that makes it with `curl`.
///
/// The key comes from the environment and goes to `curl` through a descriptor, so that neither the
/// file nor the list of processes shows it.
package struct ScriptExport: Hashable, Sendable {
  /// The address that the request is posted to.
  package var url: String
  /// The variable that holds the key; nil for a server that wants none.
  package var keyVariable: String?
  /// What stands before the key in the header, as in `Authorization: Bearer `.
  package var keyHeader: String
  /// Further headers without secrets, as `Name: value`.
  package var headers: [String]

  package init(
    url: String, keyVariable: String? = "OPENAI_API_KEY",
    keyHeader: String = "Authorization: Bearer ", headers: [String] = []
  ) {
    self.url = url
    self.keyVariable = keyVariable
    self.keyHeader = keyHeader
    self.headers = headers
  }

  /// Writes the script for `body`, which must be JSON on one line, to `path`.
  package func write(_ body: [BodyPiece], to path: String) throws(InterchangeError) {
    try writing(to: path) { sink throws(FileError) in
      try sink.write(opening)
      try RequestExport.write(body, to: &sink)
      try sink.write("\nIRIS_BODY\n")
    }
  }

  private var opening: String {
    let headers = (["Content-Type: application/json"] + headers)
      .map { "  -H \(Self.quoted($0)) \\\n" }.joined()
    guard let keyVariable else {
      return """
        #!/bin/sh
        # Asks for the reply to a conversation. Run it with sh.
        curl -sS \(Self.quoted(url)) \\
        \(headers)  --data-binary @- <<'IRIS_BODY'

        """
    }
    return """
      #!/bin/sh
      # Asks for the reply to a conversation. Run it with sh; the key is read from $\(keyVariable).
      : "${\(keyVariable):?Set \(keyVariable) to your key.}"
      curl -sS \(Self.quoted(url)) \\
      \(headers)  -H @/dev/fd/3 --data-binary @- 3<<IRIS_KEY <<'IRIS_BODY'
      \(keyHeader)$\(keyVariable)
      IRIS_KEY

      """
  }

  /// `text` as one word of the shell.
  private static func quoted(_ text: String) -> String {
    "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
      + "'"
  }
}
