import Foundation
import JSON
import Testing
import Tools

/// Programs as tools: what goes in, and what their output becomes.
@Suite struct ToolProgramTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func run(
    _ script: String, arguments: String = "{}", timeLimit: Duration = .seconds(60)
  ) async throws -> ToolOutput {
    let path = try folder.write("#!/bin/sh\n" + script, to: "tool", isProgram: true)
    return await ToolProgram(path: path, timeLimit: timeLimit).run(
      arguments: arguments, environment: ["PATH": "/usr/bin:/bin"],
      scratch: folder.path + "/scratch")
  }

  @Test func `Arguments come on standard input and as the first argument`() async throws {
    let arguments = #"{"city":"Köln 'x' $HOME"}"#
    let output = try await run(#"cat; printf '|%s' "$1""#, arguments: arguments)
    #expect(output == ToolOutput([.text(arguments + "|" + arguments)]))
  }

  @Test func `Arguments that are too long for an argument come on standard input alone`()
    async throws
  {
    let arguments = JSONValue.object([
      JSONMember("a", .string(String(repeating: "x", count: 10_000_000)))
    ]).description
    let output = try await run(#"echo $#; wc -c"#, arguments: arguments)
    let words = output.pieces.description
    #expect(words.contains("0\\n") && words.contains("\(arguments.utf8.count)"))
  }

  @Test func `What is written to the file of LLM_OUTPUT is the result`() async throws {
    let output = try await run(#"echo log; printf '%s' result > "$LLM_OUTPUT""#)
    #expect(output == ToolOutput([.text("result")]))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path + "/scratch") == [])
  }

  @Test func `A program that fails is a result that says how`() async throws {
    let output = try await run("echo partly; echo 'no such city' >&2; exit 3")
    #expect(output.isError)
    guard case .text(let words)? = output.pieces.first else {
      Issue.record("no words")
      return
    }
    #expect(words.hasPrefix("exit 3: no such city"))
    #expect(words.contains("partly"))
  }

  @Test func `A program that takes too long is ended with all that it started`() async throws {
    let output = try await run("sleep 1000 & echo $!; wait", timeLimit: .milliseconds(300))
    #expect(output.isError)
    guard case .text(let words)? = output.pieces.first else {
      Issue.record("no words")
      return
    }
    #expect(words.hasPrefix("timed out after"))
    let child = try #require(Int32(words.split { !$0.isNumber }.last ?? ""))
    let deadline = ContinuousClock.now + .seconds(10)
    while kill(child, 0) == 0, ContinuousClock.now < deadline {
      try await Task.sleep(for: .milliseconds(5))
    }
    #expect(kill(child, 0) != 0)
  }

  @Test func `A program that writes nothing gives an empty result`() async throws {
    #expect(try await run("exit 0") == ToolOutput([]))
  }

  @Test func `A program that is gone is a failed result`() async {
    let output = await ToolProgram(path: folder.path + "/none").run(
      arguments: "{}", environment: [:], scratch: folder.path + "/scratch")
    #expect(output == ToolOutput.failure("exit 127: the program cannot be run"))
  }

  @Test func `A flood of output is cut, and the cut is told`() async throws {
    let output = try await run("head -c 40000000 /dev/zero | tr '\\0' x")
    #expect(output.pieces.count == 2)
    #expect(output.byteCount < ToolProgram.outputLimit + 100)
    #expect(output.pieces.last == .text("[cut after 16 MiB]"))
  }

  struct Bytes: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var bytes: [UInt8]
    var pieces: [ToolOutput.Piece]
  }

  static let forms = [
    Bytes(testDescription: "a text", bytes: Array("héllo\n".utf8), pieces: [.text("héllo\n")]),
    Bytes(testDescription: "nothing", bytes: [], pieces: []),
    Bytes(
      testDescription: "bytes with NUL", bytes: [0x89, 0x50, 0, 1],
      pieces: [.data([0x89, 0x50, 0, 1], mediaType: nil)]),
    Bytes(
      testDescription: "bytes that are no UTF-8", bytes: [0xFF, 0xD8, 0xFF],
      pieces: [.data([0xFF, 0xD8, 0xFF], mediaType: nil)]),
    Bytes(
      testDescription: "JSON that is data", bytes: Array(#"[{"type":"fish"}]"#.utf8),
      pieces: [.text(#"[{"type":"fish"}]"#)]),
    Bytes(
      testDescription: "a list of a text and two pictures",
      bytes: Array(
        #"[{"type":"text","text":"see"},{"type":"image","data":"/9j/","mimeType":"image/jpeg"},{"type":"image_url","image_url":{"url":"data:image/png;base64,iVBO"}}]"#
          .utf8),
      pieces: [
        .text("see"), .data([0xFF, 0xD8, 0xFF], mediaType: "image/jpeg"),
        .data([0x89, 0x50, 0x4E], mediaType: nil),
      ]),
    Bytes(
      testDescription: "a list with a picture that is no base64",
      bytes: Array(#"[{"type":"image","data":"§"}]"#.utf8),
      pieces: [.text(#"[{"type":"image","data":"§"}]"#)]),
  ]

  @Test(arguments: forms) func `A result is told by its bytes`(_ row: Bytes) {
    #expect(ToolOutput(bytes: row.bytes).pieces == row.pieces)
  }
}
