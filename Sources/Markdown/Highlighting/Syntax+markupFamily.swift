/// Languages of marked-up text.
extension Syntax {
  static let markupFamily = [html, markdown, latex]

  private static let html = Syntax(
    names: ["html", "xml", "xhtml", "svg", "htm", "plist", "xsl", "rss", "vue", "svelte"],
    spans: [
      .comment("<!--", "-->"), Span("<![CDATA[", "]]>", .string, isMultiline: true),
      Span("<!", ">", .attribute), Span("<?", "?>", .attribute, isMultiline: true),
      .text("\"", escape: false).inTags, .text("'", escape: false).inTags,
    ],
    wordCharacters: "-:", hasCalls: false, lineRule: .markup)

  private static let markdown = Syntax(
    names: ["markdown", "md", "mdx"],
    spans: [.comment("<!--", "-->"), .text("```", escape: false), Span("`", "`", .string)],
    hasCalls: false, lineRule: .markdown)

  private static let latex = Syntax(
    names: ["latex", "tex", "math"], lineComments: ["%"],
    spans: [Span("$", "$", .string, escape: true)], sigils: "\\", hasCalls: false)
}
