import Foundation
import Processes
import Testing

@Suite struct FedProcessTests {
  private func shell(_ script: String) throws -> FedProcess {
    let environment = ["PATH": "/usr/bin:/bin"]
    return try #require(FedProcess(.shell(script, environment: environment)))
  }

  @Test func `All that is fed arrives in order, and the end is waited for`() async throws {
    let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let process = try shell("cat > '\(path)'; exit 3")
    var sent: [UInt8] = []
    for number in 0..<50 {
      let piece = [UInt8](repeating: UInt8(number), count: 7_000)
      #expect(process.feed(piece))
      sent += piece
    }
    #expect(await process.finish() == 3)
    #expect(process.hasTakenAll)
    #expect(try Data(contentsOf: URL(filePath: path)) == Data(sent))
  }

  @Test func `A program that ends early takes no more, and says why`() async throws {
    let process = try shell("echo no device >&2; exit 1")
    for _ in 0..<100 { _ = process.feed([UInt8](repeating: 0, count: 65_536)) }
    #expect(await process.finish() == 1)
    #expect(!process.hasTakenAll)
    #expect(!process.feed([0]))
    #expect(String(decoding: process.errors, as: UTF8.self) == "no device\n")
  }

  @Test func `Its last words are there when it has ended`() async throws {
    for _ in 0..<100 {
      let process = try shell("echo no device >&2; exit 1")
      #expect(await process.finish() == 1)
      #expect(String(decoding: process.errors, as: UTF8.self) == "no device\n")
    }
  }

  @Test func `A stop ends a program that takes nothing, and all it has started`() async throws {
    let process = try shell("sleep 1000 & sleep 1000")
    #expect(process.feed([UInt8](repeating: 0, count: 1 << 20)))
    process.stop()
    #expect(await process.finish() == 128 + SIGKILL)
    #expect(!process.hasTakenAll)
  }

  /// A write of more than the pipe holds is partly done when the reader goes, and has its signal all the same.
  @Test func `A program that ends while it is fed takes no more, and ends nobody else`()
    async throws
  {
    for script in ["sleep 0.05", "head -c 1000 > /dev/null", "exec <&-; sleep 0.05"] {
      let process = try shell(script)
      _ = process.feed([UInt8](repeating: 7, count: 4 << 20))
      #expect(await process.finish() == 0)
      #expect(!process.hasTakenAll, "\(script)")
    }
    // The same for a program whose input is written by whoever waits for it.
    var program = ChildProgram.shell("sleep 0.05", environment: ["PATH": "/usr/bin:/bin"])
    program.input = [UInt8](repeating: 7, count: 4 << 20)
    #expect(program.run().status == 0)
  }

  @Test func `Nobody waits for a program that takes its time`() async throws {
    let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
    defer { try? FileManager.default.removeItem(atPath: path) }
    // It reads once this test says so, which is after all was fed.
    let process = try shell("while [ ! -e '\(path)' ]; do sleep 0.01; done; cat > /dev/null")
    for _ in 0..<10 { #expect(process.feed([UInt8](repeating: 0, count: 1 << 20))) }
    try Data().write(to: URL(filePath: path))
    #expect(await process.finish() == 0)
    #expect(process.hasTakenAll)
  }

  @Test func `A program that is not there cannot be fed`() async throws {
    let process = FedProcess(ChildProgram(arguments: ["/no/such/player"], environment: [:]))
    #expect(process == nil)
  }
}
