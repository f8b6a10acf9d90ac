import Configuration
import Glibc
import Language
import Testing

@Suite struct ConfigurationErrorTests {
  struct Row: CustomTestStringConvertible {
    let error: ConfigurationError
    let sentence: String
    var testDescription: String { sentence }

    init(_ error: ConfigurationError, _ sentence: String) {
      self.error = error
      self.sentence = sentence
    }
  }

  @Test(arguments: [
    Row(
      .unreadable(path: "/c", code: EACCES),
      "Cannot read /c: Permission denied. Check the path and who may read it."),
    Row(
      .tooLarge(path: "/c"),
      "/c is larger than Iris reads of such a file. Name another one, or make it smaller."),
    Row(
      .noHome,
      "There is no home folder to keep anything in. Set HOME, or the XDG_…_HOME variables."),
    Row(
      .unknownProvider("grok", known: ["groq", "openai"]),
      "There is no provider grok. Use groq."),
    Row(
      .unknownProvider("x", known: ["groq", "openai"]),
      "There is no provider x. Use groq or openai."),
    Row(
      .missingAddress("azure"),
      "Provider azure has no address. Give it a base_url in config.yaml, or use --base-url."
    ),
    Row(
      .missingKey(provider: "groq", sources: [.keyring(.iris("groq")), .environment("GROQ_KEY")]),
      "No key for groq. Set GROQ_KEY, or name a key source in config.yaml."),
    Row(
      .missingKey(provider: "groq", sources: []),
      "No key for groq. Name a key source in config.yaml, as in api_key_env."),
    Row(
      .keyFileIsOpen(path: "/k", mode: "644"),
      "/k holds a key and others may read it (644). Run: chmod 600 /k"),
    Row(
      .keyFileIsNotOurs(path: "/k"),
      "/k holds a key but belongs to somebody else. Copy it to a file of your own."),
    Row(.keyFileIsEmpty(path: "/k"), "/k has no key on its first line. Write the key there."),
    Row(
      .keyFileIsNoFile(path: "/k"),
      "/k is no ordinary file. Name a file that holds the key, or use api_key_command."),
    Row(
      .keyCommandFailed(command: "pass", status: 2),
      "The key's command “pass” failed with status 2. Run it by hand to see why."),
    Row(
      .keyCommandTimedOut(command: "pass", limit: .seconds(30)),
      """
      The key's command “pass” did not answer within 30 s. \
      Run it by hand to see what it waits for.
      """),
    Row(
      .keyCommandPrintedNothing(command: "pass"),
      "The key's command “pass” printed no key. Its first line must be the key."),
    Row(
      .noKeyring,
      "There is no secret-tool here. Install libsecret-tools, or use another key source."),
    Row(
      .keyringRefused(status: 1),
      "The keyring did not keep the key (status 1). Unlock it, or use api_key_file."),
  ])
  func `Each error says what happened and what to do`(row: Row) {
    #expect(row.error.phrase.text() == row.sentence)
  }

  @Test func `A file that is not there is no error, one that cannot be read is`() throws {
    let folder = try TemporaryFolder()
    #expect(try Configuration.load(from: "\(folder.path)/config.yaml") == nil)
    #expect(try Configuration.load(from: "/dev/null/home/iris/config.yaml") == nil)
    #expect(throws: ConfigurationError.unreadable(path: folder.path, code: EISDIR)) {
      _ = try Configuration.load(from: folder.path)
    }
    let path = try folder.write("model: 模型\n\u{FFFD}: 1", to: "config.yaml")
    let (configuration, mistakes) = try #require(try Configuration.load(from: path))
    #expect(configuration.model == "模型")
    #expect(mistakes.count == 1)
    let long = try folder.write(String(repeating: "#", count: 1_000_001), to: "long.yaml")
    #expect(throws: ConfigurationError.tooLarge(path: long)) {
      _ = try Configuration.load(from: long)
    }
    let error = #expect(throws: ConfigurationError.self) {
      _ = try Configuration.load(from: "/dev/zero")
    }
    #expect(error?.phrase.text().hasPrefix("Cannot read /dev/zero: Not an ordinary file.") == true)
  }

  @Test func `The account has a home folder`() {
    #expect(Folders.accountHome()?.hasPrefix("/") == true)
  }
}
