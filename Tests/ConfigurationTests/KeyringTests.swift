import Configuration
import Secrets
import Testing

/// The keyring, played by a script that keeps its entry in a file beside it.
@Suite struct KeyringTests {
  private static let script = """
    #!/bin/sh
    folder=$(dirname "$0")
    printf '%s\\n' "$*" >>"$folder/arguments"
    case $1 in
      store) cat >"$folder/kept" ;;
      lookup) cat "$folder/kept" 2>/dev/null ;;
    esac
    """

  @Test func `A key that is kept is found again, and is never an argument`() throws {
    let folder = try TemporaryFolder()
    _ = try folder.write(Self.script, to: "secret-tool", mode: 0o700)
    let reader = try folder.keyReader()
    #expect(reader.hasKeyring)
    #expect(try reader.key(from: .keyring(.iris("groq"))) == nil)
    try reader.keep(Secret("sk-1"), for: "groq")
    #expect(try reader.key(from: .keyring(.iris("groq"))) == Secret("sk-1"))
    #expect(
      folder.text(of: "arguments") == """
        lookup service iris provider groq
        store --label=Iris: groq service iris provider groq
        lookup service iris provider groq

        """)
  }

  @Test func `Programs are looked for where they usually are without a PATH`() throws {
    let folder = try TemporaryFolder()
    let usual = try folder.keyReader(["PATH": "/usr/bin:/bin"]).hasKeyring
    #expect(try folder.keyReader(["PATH": ""]).hasKeyring == usual)
  }

  @Test func `A keyring that is locked, and none at all, are said`() throws {
    let folder = try TemporaryFolder()
    let none = try folder.keyReader(["PATH": folder.path])
    #expect(!none.hasKeyring)
    #expect(try none.key(from: .keyring(.iris("x"))) == nil)
    #expect(throws: ConfigurationError.noKeyring) { try none.keep(Secret("k"), for: "x") }
    _ = try folder.write("#!/bin/sh\nexit 5\n", to: "secret-tool", mode: 0o700)
    let locked = try folder.keyReader()
    #expect(throws: ConfigurationError.keyringRefused(status: 5)) {
      try locked.keep(Secret("k"), for: "x")
    }
  }

  @Test func `A keyring that waits for ever is given up`() throws {
    let folder = try TemporaryFolder()
    _ = try folder.write("#!/bin/sh\nexec sleep 1000\n", to: "secret-tool", mode: 0o700)
    let reader = try folder.keyReader(limit: .milliseconds(200))
    #expect(
      throws: ConfigurationError.keyCommandTimedOut(
        command: "secret-tool lookup", limit: .milliseconds(200))
    ) {
      try reader.key(from: .keyring(.iris("x")))
    }
  }

  @Test(arguments: [[], ["service"], ["a", "b", "c"]])
  func `An entry is named by pairs`(words: [String]) {
    #expect(KeyringEntry(words: words) == nil)
  }
}
