import Foundation
import Synchronization
import TerminalEmulator
import Testing

/// Libraries that are filled and removed in several steps, one of which fails or is interrupted: what is done
/// is told, and the same call goes on.
@Suite(.seated) struct LibraryFaultTests {
  /// A server of files and libraries, each of which is in a list; some of its answers are the test's own.
  private final class LibraryServer: Sendable {
    private struct State {
      /// The names of the libraries, and the files in each.
      var libraries: [(id: String, name: String)]
      var files: [String] = []
      var held: [String] = []
    }

    private let state: Mutex<State>
    private let refusal: @Sendable (String) -> [UInt8]?

    /// `refusal` answers for a line like `DELETE /v1/files/file-2` in the place of the server.
    init(
      _ libraries: [String: String] = [:], files: [String] = [],
      refusing refusal: @escaping @Sendable (String) -> [UInt8]? = { _ in nil }
    ) {
      let libraries = libraries.sorted { $0.key < $1.key }.map { (id: $0.key, name: $0.value) }
      state = Mutex(State(libraries: libraries, files: files, held: files))
      self.refusal = refusal
    }

    var files: [String] { state.withLock { $0.files } }
    var held: [String] { state.withLock { $0.held } }
    var libraries: [String] { state.withLock { $0.libraries.map(\.id) } }

    func answer(_ request: LiteralServer.Request) -> [UInt8] {
      if let refusal = refusal(request.line) { return refusal }
      let path = request.line.split(separator: " ").last.map(String.init) ?? ""
      let json = state.withLock { state -> String in
        let id = path.split(separator: "/").last.map(String.init) ?? ""
        switch request.line.prefix(while: { $0 != " " }) {
        case "DELETE":
          state.files.removeAll { $0 == id }
          state.held.removeAll { $0 == id }
          state.libraries.removeAll { $0.id == id }
          return #"{"deleted":true}"#
        case "POST" where path == "/v1/files":
          let id = "file-\(state.files.count + 1)"
          state.files.append(id)
          return #"{"id":"\#(id)","filename":"n"}"#
        case "POST" where path == "/v1/vector_stores":
          state.libraries.append(("vs_new", "notes"))
          return #"{"id":"vs_new","name":"notes"}"#
        case "POST":
          let body = String(decoding: request.body, as: UTF8.self)
          let added = state.files.filter { body.contains($0) && !state.held.contains($0) }
          state.held += added
          return "{}"
        default:
          if path.contains("/files") {
            return Self.list(state.held.map { #"{"id":"\#($0)"}"# })
          }
          let libraries = state.libraries.map { #"{"id":"\#($0.id)","name":"\#($0.name)"}"# }
          return path.contains("vector_stores/") ? libraries.first ?? "{}" : Self.list(libraries)
        }
      }
      return LiteralServer.answer(200, json.utf8)
    }

    private static func list(_ items: [String]) -> String {
      #"{"data":[\#(items.joined(separator: ","))]}"#
    }
  }

  private func start(_ library: LibraryServer) throws -> (Home, LiteralServer) {
    let server = try LiteralServer { library.answer($0) }
    var home = try Home()
    home.environment["OPENAI_BASE_URL"] = server.baseURL
    home.environment["OPENAI_API_KEY"] = "sk-test"
    return (home, server)
  }

  private static let five = (1...5).map { "file-\($0)" }

  @Test func `A file that is not removed keeps the library, and the same call goes on`() throws {
    let isRefusing = Mutex(true)
    let library = LibraryServer(["vs_1": "notes"], files: Self.five) { line in
      guard line == "DELETE /v1/files/file-2", isRefusing.withLock({ $0 }) else { return nil }
      return LiteralServer.answer(403, #"{"error":{"message":"no"}}"#.utf8)
    }
    let (home, server) = try start(library)
    let refused = try home.run("library", "rm", "notes")
    #expect(refused.status != 0)
    #expect(
      refused.errors.contains("4 of 5 files of notes are removed: iris library rm notes goes on."),
      "\(refused.errors)")
    #expect(library.files == ["file-2"])
    #expect(library.libraries == ["vs_1"])
    isRefusing.withLock { $0 = false }
    #expect(try home.run("library", "rm", "notes").status == 0)
    #expect(library.files.isEmpty && library.libraries.isEmpty)
    withExtendedLifetime(server) {}
  }

  @Test(arguments: [SIGTERM, SIGINT])
  func `A signal while files are removed says how many are, and the same call goes on`(
    signal: Int32
  ) throws {
    let (asked, end) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    let isHolding = Mutex(true)
    let library = LibraryServer(["vs_1": "notes"], files: Self.five) { line in
      guard line == "DELETE /v1/files/file-3", isHolding.withLock({ $0 }) else { return nil }
      asked.signal()
      end.wait()
      return []
    }
    let (home, server) = try start(library)
    let program = try TerminalProgram(
      Home.program, ["library", "rm", "notes"], environment: home.environment,
      directory: home.path)
    #expect(asked.wait(timeout: .now() + 30) == .success)
    program.signal(signal)
    #expect(try program.waitsForExit(within: .slow) == .status(128 + signal))
    #expect(program.terminal.emulator.text.contains("2 of 5 files of notes are removed"))
    end.signal()
    isHolding.withLock { $0 = false }
    #expect(library.libraries == ["vs_1"])
    #expect(try home.run("library", "rm", "notes").status == 0)
    #expect(library.files.isEmpty && library.libraries.isEmpty)
    withExtendedLifetime(server) {}
  }

  @Test func `Files that did not come into a library are not sent again`() throws {
    let isRefusing = Mutex(true)
    let library = LibraryServer { line in
      guard line == "POST /v1/vector_stores/vs_new/files", isRefusing.withLock({ $0 }) else {
        return nil
      }
      return LiteralServer.answer(400, #"{"error":{"message":"not now"}}"#.utf8)
    }
    let (home, server) = try start(library)
    for name in ["a", "b"] { try home.write(Array("Text of \(name).\n".utf8), to: "\(name).txt") }
    let call = ["library", "add", "notes", "a.txt", "b.txt"]
    let stopped = try home.run(call)
    #expect(stopped.status != 0)
    #expect(
      stopped.errors.contains("0 of 2 files are in notes: the same call again goes on."),
      "\(stopped.errors)")
    #expect(library.files == ["file-1"] && library.held.isEmpty)
    isRefusing.withLock { $0 = false }
    #expect(try home.run(call).status == 0)
    #expect(library.files == ["file-1", "file-2"])
    #expect(library.held == ["file-1", "file-2"])
    let again = try home.run(call)
    #expect(again.status == 0)
    #expect(again.errors.contains("a.txt is in notes already."))
    #expect(library.files.count == 2)
    // What is in a library has a use, also where no conversation names it.
    #expect(try home.run("files", "prune").output == "")
    #expect(library.files.count == 2)
    withExtendedLifetime(server) {}
  }

  @Test func `What was put there for a library and is in none is pruned`() throws {
    let library = LibraryServer { line in
      guard line == "POST /v1/vector_stores/vs_new/files" else { return nil }
      return LiteralServer.answer(400, #"{"error":{"message":"not now"}}"#.utf8)
    }
    let (home, server) = try start(library)
    try home.write(Array("Text.\n".utf8), to: "a.txt")
    #expect(try home.run("library", "add", "notes", "a.txt").status != 0)
    #expect(try home.run("files", "prune").status == 0)
    #expect(library.files.isEmpty)
    withExtendedLifetime(server) {}
  }

  @Test(arguments: [["library", "rm"], ["library", "add"]])
  func `Of two libraries of one name neither is taken, but one that its id names`(
    call: [String]
  ) throws {
    let library = LibraryServer(["vs_1": "notes", "vs_2": "notes"])
    let (home, server) = try start(library)
    try home.write(Array("Text.\n".utf8), to: "a.txt")
    let files = call[1] == "add" ? ["a.txt"] : []
    let unclear = try home.run(call + ["notes"] + files)
    #expect(unclear.status == 64)
    #expect(
      unclear.errors.contains("are called notes: name one by its id, which"), "\(unclear.errors)")
    #expect(library.libraries == ["vs_1", "vs_2"])
    #expect(try home.run(call + ["vs_2"] + files).status == 0)
    #expect(library.libraries == (call[1] == "rm" ? ["vs_1"] : ["vs_1", "vs_2"]))
    withExtendedLifetime(server) {}
  }
}
