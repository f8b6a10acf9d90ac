import ChatAPI
import Configuration
import Conversation
import Glibc
import Language
import Testing

/// The example in `docs/config.yaml`, which is the settings' documentation.
@Suite struct ExampleTests {
  private let text = try? Self.example()

  private static func example() throws -> String {
    let file = try #require(realpath(#filePath, nil))
    defer { free(file) }
    let tests = String(cString: file).split(separator: "/").dropLast(3).joined(separator: "/")
    let example = try #require(fopen("/\(tests)/docs/config.yaml", "re"))
    defer { fclose(example) }
    var bytes = [UInt8](repeating: 0, count: 100_000)
    let count = fread(&bytes, 1, bytes.count, example)
    return String(decoding: bytes.prefix(count), as: UTF8.self)
  }

  @Test func `The example has no mistake`() throws {
    let (configuration, mistakes) = Configuration.read(yaml: try #require(text))
    #expect(mistakes == [])
    #expect(configuration.providers.map(\.name) == ["ollama", "work", "company-azure"])
    #expect(configuration.providers.last?.keyHeader == .named("api-key"))
  }

  @Test(arguments: [
    "strange.setting: 1", "timeouts: {strange.setting: 1}",
    "providers: {x: {strange.setting: 1}}", "providers: {x: {limits: {strange.setting: 1}}}",
    "mcp: {x: {command: y, strange.setting: 1}}",
  ])
  func `The example shows every setting`(yaml: String) throws {
    let text = try #require(text)
    let sentence = try #require(Configuration.read(yaml: yaml).mistakes.first).phrase.text()
    let names = sentence.split(separator: "expected ").last?
      .split(whereSeparator: { $0 == "," || $0 == " " }).filter { $0 != "or" && $0 != "api_key" }
    #expect(names?.count ?? 0 >= 3)
    #expect(names?.filter { !text.contains("\($0):") } == [])
  }

  @Test func `The example's defaults are the defaults`() throws {
    let example = Configuration.read(yaml: try #require(text)).configuration
    let defaults = Configuration()
    #expect(example.theme == defaults.theme)
    #expect(example.ambiguousWidth == defaults.ambiguousWidth)
    #expect(example.textWidth == defaults.textWidth)
    #expect(example.hyperlinks == defaults.hyperlinks)
    #expect(example.showsPreviews == defaults.showsPreviews)
    #expect(example.usesMouse == defaults.usesMouse)
    #expect(example.leavesTranscript == defaults.leavesTranscript)
    #expect(example.keepsMetadata == defaults.keepsMetadata)
    #expect(example.detail == defaults.detail)
    #expect(example.fetchesURLs == defaults.fetchesURLs)
    #expect(example.timeouts == defaults.timeouts)
  }

  @Test func `The example names every server that is known`() throws {
    let text = try #require(text)
    #expect(ProviderSettings.readyMade.map(\.name).filter { !text.contains($0) } == [])
  }
}
