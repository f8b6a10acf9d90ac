import Foundation
import Glibc
import Processes
import Synchronization
import Testing

/// Programs that stay and are spoken with in lines.
@Suite struct LineProcessTests {
  /// A shell that runs a script; what it does comes out of the stream.
  private func start(
    _ script: String, lineLimit: Int = 1_000_000
  ) throws -> (LineProcess, AsyncStream<LineProcess.Event>) {
    let (events, continuation) = AsyncStream.makeStream(of: LineProcess.Event.self)
    let program = ChildProgram(
      arguments: ["/bin/sh", "-c", script], environment: ["PATH": "/usr/bin:/bin", "ONLY": "this"])
    let process = try #require(
      LineProcess(program, lineLimit: lineLimit) { event in
        continuation.yield(event)
        if case .ended = event { continuation.finish() }
      })
    return (process, events)
  }

  private func texts(_ events: AsyncStream<LineProcess.Event>) async -> [String] {
    await events.reduce(into: []) { texts, event in
      switch event {
      case .line(let line): texts.append(String(decoding: line, as: UTF8.self))
      case .ended(let status): texts.append("ended \(status)")
      case .lineTooLong: texts.append("too long")
      }
    }
  }

  @Test func `Lines go in and come out, in order and whole`() async throws {
    let (process, events) = try start("cat")
    let long = String(repeating: "ä", count: 200_000)
    for line in ["one", "", long] { process.send(Array(line.utf8)) }
    var iterator = events.makeAsyncIterator()
    for line in ["one", "", long] {
      #expect(await iterator.next() == .line(Array(line.utf8)))
    }
    await process.end()
    #expect(await iterator.next() == .ended(status: 0))
  }

  @Test func `It gets the variables that are named and no other`() async throws {
    let (_, events) = try start("env | grep -v -e PWD -e SHLVL -e ^_= | sort")
    #expect(await texts(events) == ["ONLY=this", "PATH=/usr/bin:/bin", "ended 0"])
  }

  @Test func `The end of its standard error is kept, also of a flood`() async throws {
    let (process, events) = try start(
      "i=0; while [ $i -lt 3000 ]; do echo 'something went wrong here' >&2; i=$((i+1)); done; echo last >&2; exit 4"
    )
    #expect(await texts(events) == ["ended 4"])
    #expect(process.errors.count == 4_096)
    #expect(String(decoding: process.errors, as: UTF8.self).hasSuffix("here\nlast\n"))
  }

  @Test func `One that does not end by itself is made to`() async throws {
    let (process, events) = try start("trap '' TERM; echo ready; while :; do sleep 1; done")
    var iterator = events.makeAsyncIterator()
    #expect(await iterator.next() == .line(Array("ready".utf8)))
    await process.end()
    #expect(await iterator.next() == .ended(status: 128 + SIGKILL))
  }

  @Test func `A line without an end is not collected for ever`() async throws {
    let (_, events) = try start("head -c 100000 /dev/zero; cat", lineLimit: 1_000)
    let told = await texts(events)
    #expect(told.first == "too long" && told.last?.hasPrefix("ended") == true)
  }

  @Test func `What is sent to one that has ended is dropped`() async throws {
    let (process, events) = try start("exit 0")
    #expect(await texts(events) == ["ended 0"])
    process.send(Array("too late".utf8))
    await process.end()
  }

  @Test func `What is no program is not started`() {
    let program = ChildProgram(arguments: ["/no/such/program"], environment: [:])
    #expect(LineProcess(program, lineLimit: 1) { _ in } == nil)
  }
}
