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
      #expect(
        page.contains("<time datetime=\"2023-11-14T22:13:20Z\">2023-11-14 22:13 UTC</time>"))
      #expect(page.contains("<a href=\"https://e.org/x?a=1&amp;b=2\">walk</a>"))
      #expect(page.contains("prefers-color-scheme: dark"))
      #expect(!page.contains("bridge"))
    }
  }

  @Test func `A long block stays one block`() throws {
    let lines = (1...500).map(String.init)
    let page = try page(replying: "```\n" + lines.joined(separator: "\n") + "\n```")
    #expect(page.contains("<pre><code>" + lines.map { $0 + "\n" }.joined() + "</code></pre>"))
    let list = try self.page(replying: lines.map { "- " + $0 }.joined(separator: "\n"))
    #expect(list.components(separatedBy: "<ul>").count == 2)
    #expect(list.components(separatedBy: "<li>").count == 501)
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
    Case(text: "中文，**粗体。**测试", html: "<p>中文，<strong>粗体。</strong>测试</p>"),
    Case(text: "# A\nb\\\nc", html: "<h3>A</h3>\n<p>b<br>\nc</p>"),
    Case(text: "a\n\n- b", html: "<p>a</p>\n<ul>\n<li>b</li>\n</ul>"),
    Case(text: "- a\n- b", html: "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
    Case(
      text: "3) [x] a\n\n   b", html: "<ol start=\"3\">\n<li>☑ a\n<p>b</p>\n</li>\n</ol>"),
    Case(text: "- a\n  > q", html: "<li>a\n<blockquote>\n<p>q</p>\n</blockquote>\n</li>"),
    Case(
      text: "|a|b|\n|-|-:|\n|c|~~d~~|",
      html: """
        <table>
        <thead>
        <tr>
        <th>a</th>
        <th style="text-align:right">b</th>
        </tr>
        </thead>
        <tbody>
        <tr>
        <td>c</td>
        <td style="text-align:right"><s>d</s></td>
        </tr>
        </tbody>
        </table>
        """),
    Case(text: "```html\n<p>&\n```", html: "<pre><code>&lt;p&gt;&amp;\n</code></pre>"),
    Case(text: "a <script>x()</script>", html: "<p>a &lt;script&gt;x()&lt;/script&gt;</p>"),
    Case(
      text: "<script>\nx()\n</script>",
      html: "<pre><code>&lt;script&gt;\nx()\n&lt;/script&gt;\n</code></pre>"),
    Case(text: "<img src=x onerror=y()>", html: "&lt;img src=x onerror=y()&gt;"),
    Case(text: "[a](javascript:x)", html: "<p>a</p>"),
    Case(
      text: "[*a*](https://e.org/?b=1&c=%22)",
      html: "<a href=\"https://e.org/?b=1&amp;c=%22\"><em>a</em></a>"),
    Case(
      text: "![a](https://e.org/p.png)",
      html: "<p><a href=\"https://e.org/p.png\">a</a></p>"),
  ])
  func `A reply is shown as Markdown that can do nothing`(_ row: Case) throws {
    let page = try page(replying: row.text)
    #expect(page.contains(row.html))
    #expect(!page.contains("<script"))
    #expect(!page.contains("<img"))
  }
}
