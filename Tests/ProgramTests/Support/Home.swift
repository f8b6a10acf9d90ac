import DemoServer
import Foundation
import StartedPrograms
import TerminalEmulator

/// A home folder for one test, and the program in it.
struct Home {
  let path: String
  /// Exactly what the program sees.
  var environment: [String: String]

  /// With a server, requests go there; else the program starts on its own demo.
  init(server: DemoServer? = nil) throws {
    let folder = Self.root.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    path = folder.path
    environment = [
      "HOME": path, "XDG_CONFIG_HOME": path + "/config", "XDG_DATA_HOME": path + "/data",
      "XDG_STATE_HOME": path + "/state", "XDG_CACHE_HOME": path + "/cache",
      "INPUTRC": "/dev/null", "LANG": "C.UTF-8", "TERM": "xterm-256color",
      "PATH": "/usr/local/bin:/usr/bin:/bin", "IRIS_LOCAL_PORTS": "",
    ]
    environment["OPENAI_BASE_URL"] = server?.baseURL
    environment["OPENAI_API_KEY"] = server.map { _ in "sk-test" }
  }

  /// Where the homes of all tests are; removed when the tests end.
  private static let root: URL = {
    let name = "iris-tests-\(ProcessInfo.processInfo.processIdentifier)"
    atexit { try? FileManager.default.removeItem(at: Home.root) }
    return FileManager.default.temporaryDirectory.appending(path: name)
  }()

  /// The program under test: beside the tests in the build folder, or where `IRIS_PROGRAM` says.
  static let program: String = {
    let bundle = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
    let beside = sequence(first: bundle) { $0.path == "/" ? nil : $0.deletingLastPathComponent() }
      .map { $0.appending(path: "iris").path }
      .first { FileManager.default.isExecutableFile(atPath: $0) && !isFolder($0) }
    return ProcessInfo.processInfo.environment["IRIS_PROGRAM"] ?? beside ?? "iris"
  }()

  private static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      && isFolder.boolValue
  }

  /// Writes a file here and returns its path.
  @discardableResult
  func write(_ bytes: [UInt8], to name: String) throws -> String {
    let url = URL(filePath: path).appending(path: name)
    try Data(bytes).write(to: url)
    return url.path
  }

  func remove(_ name: String) throws {
    try FileManager.default.removeItem(atPath: path + "/" + name)
  }

  /// Writes the configuration.
  func configure(_ settings: String) throws {
    try FileManager.default.createDirectory(
      atPath: path + "/config/iris", withIntermediateDirectories: true)
    try write(Array(settings.utf8), to: "config/iris/config.yaml")
  }

  func bytes(of name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(filePath: path + "/" + name)))
  }

  func text(of name: String) throws -> String {
    try String(contentsOfFile: path + "/" + name, encoding: .utf8)
  }
}

extension Home {
  /// A home that asks a server with a key, and that has this configuration.
  init(asking server: LiteralServer, _ settings: String) throws {
    try self.init()
    environment["OPENAI_BASE_URL"] = server.baseURL
    environment["OPENAI_API_KEY"] = "sk-test"
    try configure(settings)
  }
}

// MARK: - On the screen

extension Home {
  /// Starts the program in a terminal, ready to be typed into.
  func chat(
    _ arguments: String..., columns: Int = 80, rows: Int = 24
  ) throws -> TerminalProgram {
    let program = try TerminalProgram(
      Self.program, arguments, environment: environment, directory: path, columns: columns,
      rows: rows)
    try program.waits(for: "user ▸", within: .slow)
    return program
  }
}

extension Duration {
  /// More than anything here takes on a busy machine.
  static let slow = Duration.seconds(60)
}

extension TerminalProgram {
  /// Types a line and presses Enter, each once the program has answered what came before: two lines
  /// at once would be a paste.
  func enter(_ line: String) {
    answers { type(line) }
    answers { press(.enter) }
  }

  /// Waits a moment for output that follows an action; most keys are answered at once.
  private func answers(_ action: () -> Void) {
    terminal.catchUp()
    let count = terminal.output.count
    action()
    try? waits(until: "something is written", within: .seconds(1)) { _ in
      terminal.output.count > count
    }
  }

  /// Sends a message and waits for the end of the reply.
  func asks(_ message: String) throws {
    enter(message)
    try waits(until: "the reply to “\(message)” has come", within: .slow) {
      $0.text.contains("user: \(message)") && !$0.text.contains("Esc stops")
    }
  }

  /// Kills it as a crash of the machine would.
  func kill() throws {
    signal(SIGKILL)
    _ = try waitsForExit()
  }

  /// Leaves as a user does.
  func quits() throws -> Exit {
    enter("/quit")
    return try waitsForExit(within: .slow)
  }
}

// MARK: - In a pipe

/// What a program left behind that ran without a terminal.
struct Outcome {
  var status: Int32
  var output: String
  var errors: String
}

extension Home {
  /// Runs the program to its end with `input` on standard input.
  func run(_ arguments: String..., input: String = "") throws -> Outcome {
    try run(arguments, input: input)
  }

  func run(_ arguments: [String], input: String = "") throws -> Outcome {
    try PipedProgram(Home.program, arguments, in: self, input: input).waitsForEnd()
  }

  /// Runs a line of the shell, in which `$IRIS` is the program.
  func shell(_ line: String) throws -> Outcome {
    try PipedProgram("/bin/bash", ["-c", line], in: self, input: "").waitsForEnd()
  }
}

/// A program between pipes.
final class PipedProgram {
  private let process: StartedProgram
  private let output = Pipe()
  private let errorFile: String

  /// `outputBlocks` says whether the program's writes wait while the pipe is full.
  init(
    _ path: String, _ arguments: [String], in home: Home, input: String, outputBlocks: Bool = true
  ) throws {
    let name = UUID().uuidString
    let inputFile = try home.write(Array(input.utf8), to: name + ".in")
    errorFile = try home.write([], to: name + ".err")
    let end = output.fileHandleForWriting.fileDescriptor
    if !outputBlocks { _ = fcntl(end, F_SETFL, O_WRONLY | O_NONBLOCK) }
    process = try StartedProgram(
      path, arguments, environment: home.environment.merging(["IRIS": Home.program]) { $1 },
      folder: home.path, input: FileHandle(forReadingAtPath: inputFile),
      output: output.fileHandleForWriting, errors: FileHandle(forWritingAtPath: errorFile))
  }

  /// Reads to its end; a program that takes too long is killed.
  func waitsForEnd() throws -> Outcome {
    let process = process
    let deadline = DispatchWorkItem { process.signal(SIGKILL) }
    DispatchQueue.global().asyncAfter(deadline: .now() + 60, execute: deadline)
    let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
    let status = process.waitUntilExit()
    deadline.cancel()
    return Outcome(
      status: status, output: String(decoding: bytes, as: UTF8.self),
      errors: try String(contentsOfFile: errorFile, encoding: .utf8))
  }
}

// MARK: - In the store

extension Home {
  /// Waits until one of these texts is in the files of the store, or in another file or folder.
  ///
  /// Of a reply in flight two neighbours are to be named: it is stored in pieces, and the end of a piece
  /// may cut one of them in two.
  func waits(untilStored texts: String..., in name: String = "data") throws {
    let clock = ContinuousClock()
    let deadline = clock.now + .slow
    while !texts.contains(where: { isStored($0, in: name) }) {
      guard clock.now < deadline else { throw NeverStored(text: texts.joined(separator: ", ")) }
      _ = poll(nil, 0, 20)
    }
  }

  struct NeverStored: Error {
    var text: String
  }

  /// Whether a text is in a file, or in any file of a folder.
  func isStored(_ text: String, in name: String) -> Bool {
    let place = URL(filePath: path).appending(path: name)
    let files = FileManager.default.enumerator(at: place, includingPropertiesForKeys: nil)
    return ([place] + (files?.allObjects as? [URL] ?? [])).contains { file in
      (try? Data(contentsOf: file))?.firstRange(of: Data(text.utf8)) != nil
    }
  }
}
