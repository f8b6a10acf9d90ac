import Foundation
import Interchange
import StartedPrograms
import Testing

/// Runs exported scripts with the real shell and a `curl` that tells what it was given.
@Suite struct ScriptExportTests {
  /// What the script gave to `curl`: its arguments, the extra headers, and the body.
  private func run(
    _ export: ScriptExport, body: String, environment: [String: String]
  ) throws -> (output: String, status: Int32) {
    var output = ""
    var status: Int32 = 0
    try withFolder { folder in
      try write(
        """
        #!/bin/sh
        for a in "$@"; do printf 'argument %s\\n' "$a"; done
        case "$*" in *fd/4*) printf 'settings '; cat <&4;; esac
        case "$*" in *fd/3*) printf 'header '; cat <&3;; esac
        printf 'body '; cat
        """, to: folder + "/curl")
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o700], ofItemAtPath: folder + "/curl")
      try export.write([.bytes(Array(body.utf8))], to: folder + "/a.sh")
      let pipe = Pipe()
      let shell = try StartedProgram(
        "/bin/sh", [folder + "/a.sh"],
        environment: environment.merging(["PATH": folder + ":/usr/bin:/bin"]) { $1 },
        output: pipe.fileHandleForWriting, errors: FileHandle(forWritingAtPath: "/dev/null"))
      output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      status = shell.waitUntilExit()
    }
    return (output, status)
  }

  @Test func `The script posts the body with the key, which no argument holds`() throws {
    let export = ScriptExport(
      url: "https://e.org/v1/chat/completions?it's=1", headers: ["X-Title: a b"])
    let body = "{\"text\":\"$HOME `id` \\\\ '桥'\"}"
    let (output, status) = try run(export, body: body, environment: ["OPENAI_API_KEY": "sk-1"])
    #expect(status == 0)
    #expect(
      output == """
        argument -sS
        argument https://e.org/v1/chat/completions?it's=1
        argument -H
        argument Content-Type: application/json
        argument -H
        argument X-Title: a b
        argument -H
        argument @/dev/fd/3
        argument --data-binary
        argument @-
        header Authorization: Bearer sk-1
        body \(body)

        """)
  }

  @Test func `Without a key the script says what is missing`() throws {
    let (output, status) = try run(
      ScriptExport(url: "https://e.org"), body: "{}", environment: [:])
    #expect(status != 0)
    #expect(output.isEmpty)
  }

  @Test func `What unlocks an address is asked for by a variable, and no argument holds it`() throws
  {
    let export = ScriptExport(
      url: "https://e.org/chat?api-version=1&key=hidden-1&sig=hidden-2",
      urlSecrets: ["hidden-1", "hidden-2"])
    let environment = [
      "OPENAI_API_KEY": "sk-1", "IRIS_URL_KEY": "given-1", "IRIS_URL_KEY_2": "given-2",
    ]
    let (output, status) = try run(export, body: "{}", environment: environment)
    #expect(status == 0)
    #expect(output.contains("argument -K\nargument /dev/fd/4\n"))
    let address = "https://e.org/chat?api-version=1&key=given-1&sig=given-2"
    #expect(output.contains("settings url = \"\(address)\"\nheader Authorization: Bearer sk-1\n"))
    #expect(output.hasSuffix("body {}\n"))
    #expect(try run(export, body: "{}", environment: ["OPENAI_API_KEY": "sk-1"]).status != 0)
    try withFolder { folder in
      try export.write([.bytes(Array("{}".utf8))], to: folder + "/a.sh")
      #expect(try !String(contentsOfFile: folder + "/a.sh", encoding: .utf8).contains("hidden"))
    }
  }

  @Test func `A server without keys is asked without one`() throws {
    let (output, status) = try run(
      ScriptExport(url: "http://localhost:8080", keyVariable: nil), body: "{}", environment: [:])
    #expect(status == 0)
    #expect(output.hasSuffix("argument --data-binary\nargument @-\nbody {}\n"))
  }
}
