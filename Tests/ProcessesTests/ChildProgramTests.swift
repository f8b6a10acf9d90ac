import Foundation
import Processes
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite struct ChildProgramTests {
  private let environment = ["PATH": "/usr/bin:/bin"]

  private func run(_ command: String, input: String = "") -> ChildProgram.Outcome {
    var child = ChildProgram.shell(command, environment: environment)
    child.input = Array(input.utf8)
    return child.run()
  }

  @Test func `What a program prints is captured, with its status`() {
    let outcome = run("printf hello; exit 3")
    #expect(outcome.status == 3)
    #expect(outcome.output == Array("hello".utf8))
  }

  @Test func `A long text goes in and comes out while both pipes are full`() {
    let text = String(repeating: "0123456789", count: 200_000)
    #expect(run("cat", input: text).output.count == text.utf8.count)
  }

  @Test func `A program that does not read its input ends all the same`() {
    let text = String(repeating: "x", count: 1_000_000)
    #expect(run("exit 0", input: text).status == 0)
  }

  @Test func `A program that takes too long is killed`() {
    var child = ChildProgram.shell("printf some; exec sleep 1000", environment: environment)
    child.timeLimit = .milliseconds(200)
    let outcome = child.run()
    #expect(outcome.status == 128 + 9)
    #expect(outcome.output == Array("some".utf8))
    #expect(outcome.isLate)
  }

  @Test func `A program that closes its pipes and goes on is killed in time too`() {
    var child = ChildProgram.shell("exec >&- <&-; exec sleep 1000", environment: environment)
    child.input = []
    child.timeLimit = .milliseconds(200)
    #expect(child.run().status == 128 + 9)
  }

  @Test(arguments: [false, true])
  func `An input that stays open ends with this program and not before`(isOpen: Bool) {
    var child = ChildProgram.shell("read -r line; read -r more", environment: environment)
    child.input = Array("line\n".utf8)
    child.keepsInputOpen = isOpen
    child.timeLimit = .milliseconds(200)
    let outcome = child.run()
    #expect(outcome.isLate == isOpen)
    #expect(outcome.status == (isOpen ? 128 + 9 : 1))
  }

  @Test func `A program that leaves another behind with its pipes has ended`() {
    #expect(run("sleep 1000 & printf some; kill $!").output == Array("some".utf8))
    let outcome = run("sleep 1000 & echo $!")
    #expect(outcome.status == 0)
    let left = Int32(String(decoding: outcome.output, as: UTF8.self).prefix { $0.isNumber })
    if let left { kill(left, SIGKILL) }
  }

  @Test func `Of a long output as much is kept as was asked for, and all is taken`() {
    var child = ChildProgram.shell(
      "yes | head -c 1000000; printf x >&2; exit 5", environment: environment)
    child.byteLimit = 1000
    let outcome = child.run()
    #expect(outcome.status == 5)
    #expect(outcome.output.count == 1000 && outcome.isCut)
  }

  @Test func `A cancelled task ends a program, also one that does not listen`() async {
    for prelude in ["", "trap '' TERM; ", "(trap '' TERM; sleep 1000) & "] {
      let child = ChildProgram.shell(
        prelude + "while :; do sleep 1000; done", environment: environment)
      let task = Task { await child.runBeside() }
      task.cancel()
      #expect(await task.value.status >= 128)
    }
  }

  @Test func `A stopped program takes along what it has started, also what does not listen`()
    throws
  {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    // The file gets its name when all of it is there.
    let deaf = "trap '' TERM; echo $$ > part; mv part started; exec sleep 1000"
    let child = ChildProgram.shell(
      "cd '\(folder)'; sh -c \"$DEAF\" & wait",
      environment: environment.merging(["DEAF": deaf]) { $1 })
    let outcome = child.run { access(folder + "/started", F_OK) == 0 }
    #expect(outcome.status == 128 + SIGTERM)
    let started = try String(contentsOfFile: folder + "/started", encoding: .utf8)
    let number = try #require(Int32(started.dropLast()))
    let deadline = ContinuousClock.now + .seconds(10)
    while isRunning(number), ContinuousClock.now < deadline { _ = poll(nil, 0, 5) }
    #expect(!isRunning(number))
  }

  /// Whether a process is there and no zombie (proc(5), `/proc/PID/stat`).
  private func isRunning(_ number: Int32) -> Bool {
    guard let text = try? String(contentsOfFile: "/proc/\(number)/stat", encoding: .utf8),
      let end = text.lastIndex(of: ")")
    else { return false }
    return text[end...].dropFirst(2).first != "Z"
  }

  @Test func `A program that may go on is left alone when the time is up`() {
    var child = ChildProgram.shell("sleep 3; exit 3", environment: environment)
    child.output = .nowhere
    child.timeLimit = .milliseconds(50)
    child.lateness = .leave
    #expect(child.run().status == 0)
  }

  @Test func `A program that is not there counts as 127`() {
    let child = ChildProgram(
      arguments: ["/nonexistent/program"], environment: environment, input: [])
    #expect(child.run().status == 127)
  }

  @Test func `A program that was killed counts as 128 and its signal`() {
    let outcome = run("kill -9 $$")
    #expect(outcome.status == 137)
    #expect(!outcome.isLate)
  }

  @Test(.enabled(if: hasProc))
  func `A program gets its standard descriptors and no other file of ours, however it was opened`()
    throws
  {
    let leak = open("/dev/null", O_RDONLY)
    defer { close(leak) }
    #expect(printed("ls /proc/$$/fd; true") == "0\n1\n2\n")
  }

  @Test(.enabled(if: hasProc))
  func `A program gets signals as it expects them, whatever we have done about them`() {
    var blocked = sigset_t()
    var before = sigset_t()
    sigemptyset(&blocked)
    sigaddset(&blocked, SIGUSR1)
    pthread_sigmask(SIG_BLOCK, &blocked, &before)
    let handler = signal(SIGUSR2, SIG_IGN)
    defer {
      pthread_sigmask(SIG_SETMASK, &before, nil)
      signal(SIGUSR2, handler)
    }
    let masks = printed("exec sed -En 's/^Sig(Blk|Ign):.//p' /proc/self/status")
      .split(separator: "\n").compactMap { UInt64($0, radix: 16) }
    // Of the signals beyond, the C library keeps two to itself (signal(7)).
    #expect(masks.map { $0 & 0x7FFF_FFFF } == [0, 0])
  }

  @Test(.enabled(if: hasProc))
  func `A program without the terminal has a session of its own, so that it cannot open ours`() {
    #expect(printed("set -- $(cat /proc/$$/stat); test $6 = $$ && echo own") == "own\n")
    #expect(run(": </dev/tty").status != 0)
  }

  @Test func `A program that closes its input early leaves our signals alone`() {
    let before = signal(SIGPIPE, SIG_DFL)
    defer { signal(SIGPIPE, before) }
    #expect(run("exit 0", input: String(repeating: "x", count: 1_000_000)).status == 0)
    var now = sigaction()
    sigaction(SIGPIPE, nil, &now)
    #if canImport(Glibc)
      #expect(now.__sigaction_handler.sa_handler == nil)
    #endif
  }

  private static let hasProc = FileManager.default.fileExists(atPath: "/proc/self/fd")

  private func printed(_ command: String) -> String {
    String(decoding: run(command).output, as: UTF8.self)
  }
}
