import Conversation
import Foundation
import Interchange
import Testing

@Suite struct PageExportTests {
  /// The page of a conversation whose one reply is `text`.
  private func page(replying text: String) throws -> String {
    var conversation = Conversation(
      id: ConversationID(rawValue: 1), created: Timestamp(milliseconds: 0))
    conversation.messages.append(.new(1, .assistant, .text(text)))
    var page = ""
    try withFolder { folder in
      _ = try PageExport(conversation, pictures: { _ in nil }).write(to: folder + "/a.html")
      page = try read(folder + "/a.html")
    }
    return page
  }

  @Test func `A page holds its pictures and needs no other file`() throws {
    try withFolder { folder in
      let export = PageExport(.full, pictures: try pictureFile(in: folder))
      #expect(try export.write(to: folder + "/a.html") == ExportReport())
      let page = try read(folder + "/a.html")
      let encoded = pictureBytes.base64EncodedString()
      #expect(
        page.contains("<img alt=\"a [1].png\" src=\"data:image/png;base64,\(encoded)\">"))
      #expect(page.contains("<title>Brücke 桥</title>"))
      #expect(page.contains("<a href=\"https://e.org/x?a=1&amp;b=2\">walk</a>"))
      #expect(page.contains("prefers-color-scheme: dark"))
      #expect(!page.contains("bridge"))
    }
  }

  @Test func `What was typed is shown as it was typed`() throws {
    try withFolder { folder in
      _ = try PageExport(.full, pictures: { _ in nil }).write(to: folder + "/a.html")
      let page = try read(folder + "/a.html")
      #expect(
        page.contains("<p class=\"plain\">What &lt;b&gt;is&lt;/b&gt; this?\nLook.</p>"))
      #expect(page.contains("<p class=\"plain\">Be &lt;brief&gt; &amp; *kind*.</p>"))
    }
  }

  struct Case: CustomTestStringConvertible, Sendable {
    var text: String
    var html: String
    var testDescription: String { text }
  }

  @Test(arguments: [
    Case(text: "**a** `b`", html: "<p><strong>a</strong> <code>b</code></p>"),
    Case(text: "- a\n- b", html: "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
    Case(
      text: "|a|\n|-|\n|b|",
      html: "<table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>b</td>"),
    Case(text: "a <script>x()</script>", html: "<p>a &lt;script&gt;x()&lt;/script&gt;</p>"),
    Case(
      text: "<script>\nx()\n</script>",
      html: "<pre><code>&lt;script&gt;\nx()\n&lt;/script&gt;\n</code></pre>"),
    Case(text: "<img src=x onerror=y()>", html: "&lt;img src=x onerror=y()&gt;"),
    Case(text: "[a](javascript:x)", html: "<a href=\"\">a</a>"),
    Case(
      text: "![a *b*](https://e.org/p.png)",
      html: "<p><a href=\"https://e.org/p.png\">a <em>b</em></a></p>"),
    Case(
      text: "![](https://e.org/p.png)",
      html: "<p><a href=\"https://e.org/p.png\">https://e.org/p.png</a></p>"),
    Case(text: "![![x](u)](v)", html: "<a href=\"v\"><a href=\"u\">x</a></a>"),
  ])
  func `A reply is shown as Markdown that can do nothing`(_ row: Case) throws {
    let page = try page(replying: row.text)
    #expect(page.contains(row.html))
    #expect(!page.contains("<script"))
    #expect(!page.contains("<img"))
  }
}
