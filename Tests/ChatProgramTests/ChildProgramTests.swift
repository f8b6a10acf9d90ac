import ChatProgram
import Testing

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
  }

  @Test func `A program that is not there counts as 127`() {
    let child = ChildProgram(
      arguments: ["/nonexistent/program"], environment: environment, input: [])
    #expect(child.run().status == 127)
  }

  @Test func `A program that was killed counts as 128 and its signal`() {
    #expect(run("kill -9 $$").status == 137)
  }
}
