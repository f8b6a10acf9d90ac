import Files
import JSON
import Processes

/// A program that is a tool: arguments go in as JSON, what it prints is the result.
///
/// It gets the arguments on standard input and, up to ``argumentLimit``, as its first argument, runs in
/// the current folder, and has a session of its own. `$LLM_OUTPUT` names a private file; what is written
/// there is the result, else standard output is (aichat, `llm-functions`).
package struct ToolProgram: Hashable, Sendable {
  /// The program's file.
  package var path: String
  /// How long it may run.
  package var timeLimit: Duration
  /// Folders that it finds programs in before those of `PATH`.
  package var searchFolders: [String]

  /// The most bytes of arguments that are given as an argument too: Linux takes 128 KiB for one
  /// (execve(2), MAX_ARG_STRLEN).
  package static let argumentLimit = 100_000
  /// The most bytes of a result that are kept.
  package static let outputLimit = 16 << 20

  package init(
    path: String, timeLimit: Duration = .seconds(60), searchFolders: [String] = []
  ) {
    self.path = path
    self.timeLimit = timeLimit
    self.searchFolders = searchFolders
  }

  /// Runs it with the arguments of a call, which are the text of a JSON object, and waits for its end.
  ///
  /// Cancelling the task ends it: TERM to all that it has started, then KILL.
  ///
  /// `LLM_OUTPUT` comes to the variables of `environment`, and names a file in the private folder
  /// `scratch`, which is made where it is missing.
  package func run(
    arguments: String, environment: [String: String], scratch: String
  ) async -> ToolOutput {
    let file = scratch + "/result-" + String(UInt64.random(in: .min ... .max), radix: 36)
    defer { try? FileSystem.remove(file) }
    var variables = environment
    do throws(FileError) {
      try FileSystem.makePrivateFolder(scratch)
      variables["LLM_OUTPUT"] = file
    } catch {
      // Without a place for the file, standard output still is the result.
      variables["LLM_OUTPUT"] = nil
    }
    if !searchFolders.isEmpty {
      let usual = environment["PATH"].map { [$0] } ?? []
      variables["PATH"] = (searchFolders + usual).joined(separator: ":")
    }
    let input = Array(arguments.utf8)
    var child = ChildProgram(
      arguments: [path] + (input.count > Self.argumentLimit ? [] : [arguments]),
      environment: variables, input: input)
    child.timeLimit = timeLimit
    child.byteLimit = Self.outputLimit
    child.errorLimit = 4_096
    let outcome = await child.runBeside()
    return output(of: outcome, file: file)
  }

  private func output(of outcome: ChildProgram.Outcome, file: String) -> ToolOutput {
    var isCut = outcome.isCut
    var bytes = outcome.output
    do throws(FileError) {
      let written = try SmallFile.bytes(of: file, atMost: Self.outputLimit)
      if !written.isEmpty { (bytes, isCut) = (written, false) }
    } catch {
      if !error.isMissing { isCut = true }
    }
    if outcome.isLate {
      let seconds = timeLimit.components.seconds
      return .failed("timed out after \(seconds) s", outcome, bytes)
    }
    if outcome.status == 127, bytes.isEmpty, outcome.errors.isEmpty {
      return .failed("exit 127: the program cannot be run", outcome, bytes)
    }
    guard outcome.status == 0 else { return .failed("exit \(outcome.status)", outcome, bytes) }
    var output = ToolOutput(bytes: bytes)
    if isCut { output.pieces.append(.text("[cut after \(Self.outputLimit >> 20) MiB]")) }
    return output
  }
}

extension ToolOutput {
  /// What a model learns of a program that failed: how, and the words that it left.
  fileprivate static func failed(
    _ fact: String, _ outcome: ChildProgram.Outcome, _ bytes: [UInt8]
  ) -> ToolOutput {
    let words = [outcome.errors, bytes].map { bytes in
      String(decoding: bytes.prefix(4_096), as: UTF8.self).filter { $0 != "\0" }
    }.filter { !$0.allSatisfy(\.isWhitespace) }
    return .failure(([fact] + words).joined(separator: words.isEmpty ? "" : ": "))
  }
}
