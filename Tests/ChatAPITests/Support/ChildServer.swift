import Foundation
import StartedPrograms
import Synchronization
import Testing

/// A server program on loopback that runs as long as it is held.
final class ChildServer: Sendable {
  let port: Int
  private let process: StartedProgram
  private let input: FileHandle

  /// Starts `program` (found in `PATH`), and waits until it takes connections.
  ///
  /// Its arguments name port 0 where it says on standard output which one it took, behind the word
  /// `ready`; else a port that was free a moment ago, which another test may have taken since.
  init(_ program: String, ready: String? = nil, _ arguments: (Int) throws -> [String]) throws {
    let wanted = ready == nil ? try Self.freePort() : 0
    let (input, output) = (Pipe(), Pipe())
    process = try StartedProgram(
      "/usr/bin/env", [program] + (try arguments(wanted)), input: input.fileHandleForReading,
      output: output.fileHandleForWriting, errors: FileHandle(forWritingAtPath: "/dev/null"))
    self.input = input.fileHandleForWriting
    if let ready {
      port = try Self.port(behind: ready, on: output.fileHandleForReading)
    } else {
      port = wanted
      Self.waitForConnection(to: port)
    }
  }

  deinit {
    process.signal(SIGKILL)
    process.waitUntilExit()
  }

  /// Writes to the program's standard input and ends it.
  func type(_ text: String) throws {
    try input.write(contentsOf: Data(text.utf8))
    try input.close()
  }

  /// Whether `program` is installed; the tests that need it say so where it is not.
  static func isInstalled(_ program: String) -> Bool {
    let folders = ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":") ?? []
    return folders.contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(program)") }
  }

  private static func freePort() throws -> Int { try FaultServer([[]]).port }

  /// The number at the end of the line that begins with `word`.
  private static func port(behind word: String, on output: FileHandle) throws -> Int {
    var seen = ""
    while true {
      let lines = seen.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
      if let line = lines.first(where: { $0.hasPrefix(word) }) {
        return try #require(Int(line.split(separator: ":").last ?? ""))
      }
      let more = output.availableData
      try #require(!more.isEmpty, "the server ended without taking a port")
      seen += String(decoding: more, as: UTF8.self)
    }
  }

  private static func waitForConnection(to port: Int) {
    for _ in 0..<5000 {
      if FaultServer.canConnect(to: port) { return }
      usleep(1000)
    }
  }
}

/// A key and a certificate that `openssl` made, which go when nobody holds them.
final class Certificate {
  let folder: URL
  var path: String { folder.appendingPathComponent("cert.pem").path }
  var keyPath: String { folder.appendingPathComponent("key.pem").path }

  /// A certificate for `host`, signed by itself or by `authority`, good for some days (−1: expired).
  init(for host: String, days: Int = 2, signedBy authority: Certificate? = nil) throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("iris-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let request = folder.appendingPathComponent("request.pem").path
    let names = folder.appendingPathComponent("names").path
    let basics = authority == nil ? "basicConstraints=CA:TRUE\n" : ""
    try Data("subjectAltName=DNS:\(host)\n\(basics)".utf8).write(to: URL(fileURLWithPath: names))
    try Self.openssl([
      "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", keyPath,
      "-subj", "/CN=\(host)", "-out", request,
    ])
    let signer =
      authority.map { ["-CA", $0.path, "-CAkey", $0.keyPath, "-CAcreateserial"] }
      ?? ["-signkey", keyPath]
    try Self.openssl(
      ["x509", "-req", "-in", request, "-days", "\(days)", "-extfile", names, "-out", path]
        + signer)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  private static func openssl(_ arguments: [String]) throws {
    let process = try StartedProgram(
      "/usr/bin/env", ["openssl"] + arguments, errors: FileHandle(forWritingAtPath: "/dev/null"))
    guard process.waitUntilExit() == 0 else { throw POSIXError(.EIO) }
  }
}
