extension Scene {
  /// What models write.
  static let markdown: [Scene] = [
    Scene("headings", reply: "# First\n\nText below.\n\n## Second `code`\n\n###### Sixth\nText."),
    Scene(
      "emphasis",
      reply: """
        Some **bold**, *italic*, ~~struck~~ and `code`; **粗体。**测试，\\
        a line that was broken, and one
        that was not. 中文的一行
        接着下一行。
        """),
    Scene(
      "lists",
      reply: """
        - one
          - inner item that is long enough to be wrapped on the small screen
            - innermost
        - two

        9. nine
        10. ten

            its second paragraph
        """),
    Scene("tasks", reply: "- [x] take the picture\n- [ ] name it\n- [ ] 发给她"),
    Scene(
      "quote",
      reply: "> A quote that goes on for long enough to be wrapped.\n>\n> - with a list\n> > and 引用"
    ),
    Scene(
      "code",
      reply: """
        ```swift
        // 计算
        func area(of size: Size) -> Int {
          return size.columns * size.rows // a remark that makes the line long
        }
        ```
        """),
    Scene(
      "wide table",
      reply: """
        | Format | Lossless | Remark |
        |:--|:-:|--:|
        | PNG | yes | for screenshots and drawings with few colours |
        | JPEG | no | for photographs |
        """),
    Scene(
      "table of many columns",
      reply: """
        | Name | Jan | Feb | Mar | Apr | May | Jun |
        |---|---|---|---|---|---|---|
        | Ann | 1 | 2 | 3 | 4 | 5 | 6 |
        | 李雷 | 7 | 8 | 9 | 10 | 11 | 12 |
        """),
    Scene(
      "Chinese table",
      reply: """
        | 名称 | 大小 | 说明 |
        |---|--:|---|
        | 木栈道 | 12 | 湖边的小路 |
        | bridge | 1,024 | 第一张照片里的桥 |
        """),
    Scene(
      "links",
      reply:
        "See [the guide](https://example.com/guide), <https://example.org> and ![the bridge](bridge.jpg)."
    ),
    Scene(
      "formulas", reply: "Inline $a_1 + b^2 = c$ stays, and so does\n\n$$\n\\sum_{i=1}^n x_i\n$$"),
    Scene(
      "HTML", reply: "<details>\n<summary>More</summary>\n</details>\n\nText with <b>tags</b>."),
    Scene("rule", reply: "Above.\n\n---\n\nBelow."),
    Scene(
      "hostile text",
      reply: "A\u{1B}[31mred\u{7} \u{202E}bidi\u{202C} \u{9B}2J tab\there\u{0} e\u{301} 👩‍👩‍👧 end"),
  ]
}
