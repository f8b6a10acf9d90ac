import Configuration
import Conversation
import Language
import Testing

/// A text with one mistake, and the sentence that names it.
struct MistakeCase: CustomTestStringConvertible {
  let yaml: String
  let sentence: String
  var testDescription: String { sentence }

  init(_ yaml: String, _ sentence: String) {
    self.yaml = yaml
    self.sentence = sentence
  }
}

@Suite struct MistakeTests {
  @Test(arguments: [
    MistakeCase(
      "theme: drak", "line 1, column 8: theme is “drak”, expected auto, dark, light or plain"),
    MistakeCase("language: fr", "line 1, column 11: language is “fr”, expected en or zh"),
    MistakeCase("\nmouse: maybe", "line 2, column 8: mouse is “maybe”, expected true or false"),
    MistakeCase(
      "temperature: 7", "line 1, column 14: temperature is “7”, expected a number from 0 to 2"),
    MistakeCase(
      "temperature: nan", "line 1, column 14: temperature is “nan”, expected a number from 0 to 2"),
    MistakeCase(
      "max_tokens: 0", "line 1, column 13: max_tokens is “0”, expected a whole number, 1 or more"),
    MistakeCase("seed: 1.5", "line 1, column 7: seed is “1.5”, expected a whole number"),
    MistakeCase(
      "stop: [a, b, c, d, e]",
      "line 1, column 7: stop does not fit, expected a text, or a list of at most 4"),
    MistakeCase("model: [a]", "line 1, column 8: model does not fit, expected one line of text"),
    MistakeCase("system: {a: b}", "line 1, column 9: system does not fit, expected a text"),
    MistakeCase(
      "timeouts: {connect: -1}",
      """
      line 1, column 21: connect is “-1”, expected a number of seconds above 0 and up to 86400
      """),
    MistakeCase(
      "timeouts: 5",
      """
      line 1, column 11: timeouts holds nothing by name, expected indented lines like “name: value”
      """),
    MistakeCase(
      "temprature: 1", "line 1, column 1: there is no setting temprature here, expected temperature"
    ),
    MistakeCase(
      "timeouts: {colour: 1}",
      """
      line 1, column 12: there is no setting colour here, expected connect, first_byte or idle
      """),
    MistakeCase("provider: opnai", "line 1, column 11: provider is “opnai”, expected openai"),
    MistakeCase(
      "just words",
      "line 1, column 1: this is no configuration, expected lines like “model: NAME”"),
  ])
  func `A value that cannot be used is named with its place and what was expected`(
    row: MistakeCase
  ) {
    #expect(sentences(row.yaml) == [row.sentence])
  }

  @Test(arguments: [
    MistakeCase(
      "providers: [a]",
      "line 1, column 12: providers holds nothing by name, expected lines like “work:”"),
    MistakeCase(
      "providers: {[a]: {}}", "line 1, column 13: this is no server's name, expected one word"),
    MistakeCase(
      "providers: {a: {base_url: 'ftp://x'}}",
      """
      line 1, column 27: base_url is “ftp://x”, \
      expected an address, as in https://api.example.com/v1
      """),
    MistakeCase(
      "providers: {a: {proxy: 'gopher://x'}}",
      """
      line 1, column 24: proxy does not fit, \
      expected none, or an address as in http://proxy:3128 or socks5h://127.0.0.1:1080
      """),
    MistakeCase(
      "providers: {a: {headers: 3}}",
      """
      line 1, column 26: headers holds nothing by name, expected lines like “X-Team: blue”
      """),
    MistakeCase(
      "providers: {a: {headers: {'X Y': 3}}}",
      "line 1, column 27: this is no header's name, expected one like X-Team"),
    MistakeCase(
      #"providers: {a: {headers: {X: "3\r\nY: 4"}}}"#,
      "line 1, column 30: header X does not fit, expected one line of text"),
    MistakeCase(
      "providers: {a: {max_tokens_name: tokens}}",
      """
      line 1, column 34: max_tokens_name is “tokens”, \
      expected max_tokens or max_completion_tokens
      """),
    MistakeCase(
      "providers: {a: {limits: {request_bytes: many}}}",
      "line 1, column 41: request_bytes is “many”, expected a number of bytes, as in 20 MB"),
    MistakeCase(
      "providers: {a: {limits: {formats: [pdf]}}}",
      """
      line 1, column 35: formats does not fit, \
      expected a list of png, jpeg, webp, gif, heic, avif, bmp, pnm, qoi, tga, tiff, jxl or svg
      """),
    MistakeCase(
      "providers: {a: {like: openia}}",
      """
      line 1, column 23: like is “openia”, expected openai, openrouter, deepseek, gemini, \
      mistral, groq, azure, ollama, llama.cpp, lmstudio or vllm
      """),
    MistakeCase(
      "providers: {a: {api_key_keyring: openai}}",
      """
      line 1, column 34: api_key_keyring does not fit, \
      expected pairs of attribute and value, as in service openai
      """),
  ])
  func `A mistake in a server's settings is named with its place`(row: MistakeCase) {
    #expect(sentences(row.yaml) == [row.sentence])
  }

  @Test func `A key written into the file is refused without being repeated`() {
    let inPlace = sentences("providers: {a: {api_key: sk-abc}}")
    #expect(
      inPlace == [
        """
        line 1, column 26: a key does not belong in this file, expected api_key_env, \
        api_key_command, api_key_file or api_key_keyring
        """
      ])
    let asName = sentences("providers: {a: {api_key_env: sk-abc}}")
    #expect(
      asName == [
        """
        line 1, column 30: api_key_env does not fit, \
        expected the name of a variable, as in OPENAI_API_KEY
        """
      ])
  }

  @Test(arguments: [
    MistakeCase(
      "model: a\nproviders:\n\tx: 1\ntheme: dark",
      "line 3, column 1: a tab indents this line, expected spaces; the entry is left out"),
    MistakeCase(
      "theme: dark\nmodel: \"a",
      """
      line 2, column 8: found unexpected end of stream, expected “name: value”; \
      the entry is left out
      """),
    MistakeCase(
      "stop: [a, b\ntheme: dark",
      """
      line 1, column 7: did not find expected ',' or ']', expected “name: value”; \
      the entry is left out
      """),
    MistakeCase(
      "model = gpt\ntheme: dark",
      """
      line 1, column 1: this line has no colon, expected “name: value”; the entry is left out
      """),
    MistakeCase(
      "model: a: b\ntheme: dark",
      """
      line 1, column 9: mapping values are not allowed in this context, \
      expected “name: value”; the entry is left out
      """),
    MistakeCase(
      "model: *nobody\ntheme: dark",
      """
      line 1, column 8: found undefined alias, expected “name: value”; the entry is left out
      """),
    MistakeCase(
      "model: 型号\u{7}\ntheme: dark",
      """
      line 1, column 10: control characters are not allowed, \
      expected “name: value”; the entry is left out
      """),
    MistakeCase(
      "theme: light\nmodel: a\ntheme: dark",
      "line 1, column 1: theme stands twice, expected once; the last one is used"),
  ])
  func `An entry that is not YAML is named, and the rest is used`(row: MistakeCase) {
    let (configuration, mistakes) = Configuration.read(yaml: row.yaml)
    #expect(mistakes.map { $0.phrase.text() } == [row.sentence])
    #expect(configuration.theme == .dark)
  }

  @Test func `Mistakes come in the order of the lines, and all of them`() {
    let yaml = "theme: drak\nmouse: [\nseed: x\n模型: a\n"
    #expect(Configuration.read(yaml: yaml).mistakes.map(\.line) == [1, 2, 3, 4])
  }

  @Test func `A long value is shortened in its sentence`() {
    let sentence = sentences("theme: " + String(repeating: "字", count: 100)).first ?? ""
    #expect(sentence.contains("“" + String(repeating: "字", count: 39) + "…”"))
  }

  @Test(arguments: ["", "# nothing\n", "---\n", "\u{FEFF}theme:\nproviders: ~\n", "\n\n\r\n"])
  func `An empty file, and empty settings, are no mistake`(yaml: String) {
    let (configuration, mistakes) = Configuration.read(yaml: yaml)
    #expect(mistakes == [])
    #expect(configuration == Configuration())
  }

  @Test func `A file that is no text at all is left out in the end`() {
    let noise = (0..<400).map { "\t: [\u{1}\($0)" }.joined(separator: "\n")
    #expect(Configuration.read(yaml: noise).configuration == Configuration())
  }

  private func sentences(_ yaml: String) -> [String] {
    Configuration.read(yaml: yaml).mistakes.map { $0.phrase.text() }
  }
}
