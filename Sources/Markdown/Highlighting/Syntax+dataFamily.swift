/// Languages of data and of styles.
extension Syntax {
  static let dataFamily = [json, yaml, toml, css, diff]

  private static let json = Syntax(
    names: ["json", "jsonc", "json5", "jsonl", "ndjson"], keywords: words("true false null"),
    lineComments: ["//"], spans: [.comment("/*", "*/"), .string("\"")], hasCalls: false,
    lineRule: .colonKeys)

  private static let yaml = Syntax(
    names: ["yaml", "yml"], keywords: words("true false null yes no on off"), lineComments: ["#"],
    spans: [.string("\"").apart, Span("'", "'", .string).apart], sigils: "&*!",
    wordCharacters: "-./", hasCalls: false, hasPlainText: true, needsSpaceBeforeComment: true,
    lineRule: .colonKeys)

  private static let toml = Syntax(
    names: ["toml", "ini", "cfg", "conf", "properties", "env", "dotenv", "editorconfig"],
    keywords: words("true false inf nan"), lineComments: ["#", ";"],
    spans: [
      .text("\"\"\""), .text("'''", escape: false), .string("\"").apart,
      Span("'", "'", .string).apart,
    ],
    wordCharacters: "-.", hasCalls: false, hasPlainText: true, needsSpaceBeforeComment: true,
    lineRule: .equalsKeys)

  private static let css = Syntax(
    names: ["css", "scss", "sass", "less"], keywords: words("important from to and not only"),
    lineComments: ["//"], spans: [.comment("/*", "*/"), .string("\""), .string("'")],
    sigils: "@#$", wordCharacters: "-", lineRule: .colonKeys)

  private static let diff = Syntax(
    names: ["diff", "patch", "udiff"], hasCalls: false, lineRule: .diff)
}
