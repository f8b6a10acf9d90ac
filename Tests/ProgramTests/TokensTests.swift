import DemoServer
import Foundation
import Testing

/// `iris tokens`: one number on standard output.
@Suite(.seated) struct TokensTests {
  @Test func `The server counts a text, a file and a picture`() async throws {
    try await withServer { (home, _) async throws in
      let text = try home.run("tokens", "-m", "demo", "Hello you")
      #expect(text.status == 0)
      let plain = try #require(Int(text.output.dropLast()))
      let path = try home.write(Array("Hello you".utf8), to: "text.txt")
      #expect(try home.run("tokens", "-m", "demo", path).output == text.output)
      let picture = try home.write(Samples.png(32, 32), to: "a.png")
      let both = try home.run("tokens", "-m", "demo", "-i", picture, "Hello you")
      #expect(try #require(Int(both.output.dropLast())) > plain)
    }
  }

  @Test func `Without a server's count the number is an estimate`() throws {
    var home = try Home()
    home.environment["OPENAI_BASE_URL"] = "http://127.0.0.1:9/v1"
    let outcome = try home.run("tokens", "-m", "gpt-4o", "Hello you")
    #expect(outcome.status == 0)
    #expect(outcome.output.hasPrefix("≈"))
    #expect(outcome.errors.contains("does not take connections"))
  }

  @Test func `What cannot be counted is said`() throws {
    let home = try Home()
    let nothing = try home.shell("$IRIS tokens </dev/null")
    #expect(nothing.status == 64)
    #expect(nothing.errors.contains("There is nothing to count"))
    let missing = try home.run("tokens", "-i", home.path + "/none.png")
    #expect(missing.status == 66)
    #expect(missing.output == "")
    let binary = try home.write([0, 1, 2], to: "a.bin")
    #expect(try home.run("tokens", binary).status == 65)
  }
}
