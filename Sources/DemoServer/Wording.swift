import Conversation
import JSON
import ModelCatalog

/// What the demo says, in the language that it was spoken to.
enum Wording: Sendable {
  case english
  case chinese

  /// Chinese where the text has Chinese characters and no Japanese ones; else English.
  init(for text: String) {
    let scalars = text.unicodeScalars
    let hasHan = scalars.contains { (0x4E00...0x9FFF).contains($0.value) }
    let hasKana = scalars.contains { (0x3040...0x30FF).contains($0.value) }
    self = hasHan && !hasKana ? .chinese : .english
  }

  /// Says that this is no model, and how to get one.
  var welcome: String {
    switch self {
    case .english: Self.englishWelcome
    case .chinese: Self.chineseWelcome
    }
  }

  private static let englishWelcome = """
    **This is the demo, not a model**: a small server inside Iris that answers over real HTTP and \
    tells what it was sent. To talk to a model, leave with `/quit` and give Iris a key:

    ```sh
    export OPENAI_API_KEY=sk-…
    iris
    ```

    For another server, set `OPENAI_BASE_URL` too. Here you can try `/attach` with a picture, or \
    say `long`, `slow` or `count 100`.
    """

  private static let chineseWelcome = """
    **这是演示，不是模型**：Iris 内置的一个小服务器，通过真实的 HTTP 回答，并告诉你它实际收到了什么。\
    要与模型对话，请用 `/quit` 退出，然后设置密钥：

    ```sh
    export OPENAI_API_KEY=sk-…
    iris
    ```

    使用其他服务器时，再设置 `OPENAI_BASE_URL`。在这里可以用 `/attach` 附上一张图片，\
    或者说“长”“慢”“数 100”。
    """
}

extension Wording {
  /// What arrived: messages, pictures, parameters.
  func report(of request: ChatRequest) -> String {
    let messages = request.messages.enumerated().map { line(for: $1, number: $0 + 1) }
    return [
      "## " + heading, summary(of: request), messages.joined(separator: "\n"),
      parameters(of: request),
    ].joined(separator: "\n\n")
  }

  private var heading: String {
    switch self {
    case .english: "What was sent"
    case .chinese: "实际收到的内容"
    }
  }

  private func summary(of request: ChatRequest) -> String {
    let (model, bytes) = (request.model.asCode, request.byteCount)
    let (messages, pictures) = (request.messages.count, request.pictureCount)
    return switch self {
    case .english:
      """
      Model \(model), \(messages) \(messages == 1 ? "message" : "messages"), \
      \(pictures) \(pictures == 1 ? "picture" : "pictures"), \(bytes) bytes, \
      about \(request.estimatedTokens) tokens.
      """
    case .chinese:
      "模型 \(model)，\(messages) 条消息，\(pictures) 张图片，\(bytes) 字节，约 \(request.estimatedTokens) 个 token。"
    }
  }

  private func line(for message: ChatRequest.Message, number: Int) -> String {
    let text = message.text.isEmpty ? emptyText : message.text.shortened(to: 60).asCode
    let pictures = message.pictures.map { "\n   - " + line(for: $0) }
    return "\(number). **\(message.role)**: \(text)" + pictures.joined()
  }

  private func line(for picture: ReceivedPicture) -> String {
    let detail = picture.detail?.rawValue ?? noDetail
    return switch (picture.source, self) {
    case (.inline(let format, let size, let bytes), .english):
      "\(format.rawValue.uppercased()) \(size), \(bytes) bytes, detail \(detail), \(tokens(of: picture)) tokens"
    case (.inline(let format, let size, let bytes), .chinese):
      "\(format.rawValue.uppercased()) \(size)，\(bytes) 字节，detail \(detail)，\(tokens(of: picture)) 个 token"
    case (.url(let url), .english): "\(url.shortened(to: 60).asCode), detail \(detail), not fetched"
    case (.url(let url), .chinese): "\(url.shortened(to: 60).asCode)，detail \(detail)，未下载"
    }
  }

  private func tokens(of picture: ReceivedPicture) -> String {
    picture.estimatedTokens.tokens.map(String.init) ?? "?"
  }

  private func parameters(of request: ChatRequest) -> String {
    let list = request.parameters.map {
      "\($0.name.asCode) \("\($0.value)".shortened(to: 60).asCode)"
    }
    return switch (list.isEmpty, self) {
    case (true, .english): "No parameters were set."
    case (true, .chinese): "没有设置参数。"
    case (false, .english): "Parameters: \(list.joined(separator: ", "))."
    case (false, .chinese): "参数：\(list.joined(separator: "，"))。"
    }
  }

  private var emptyText: String {
    switch self {
    case .english: "(no text)"
    case .chinese: "（无文字）"
    }
  }

  private var noDetail: String {
    switch self {
    case .english: "not given"
    case .chinese: "未指定"
    }
  }
}

extension String {
  /// One line of at most `limit` characters.
  fileprivate func shortened(to limit: Int) -> String {
    let line = split(whereSeparator: \.isNewline).joined(separator: " ")
    return line.count > limit ? line.prefix(limit - 1) + "…" : line
  }

  /// The text as a Markdown code span, fenced by one backtick more than it contains in a row
  /// (CommonMark 0.31 §6.1).
  fileprivate var asCode: String {
    let longest = split { $0 != "`" }.map(\.count).max() ?? 0
    let fence = String(repeating: "`", count: longest + 1)
    return longest > 0 ? "\(fence) \(self) \(fence)" : fence + self + fence
  }
}
