import Conversation
import ModelCatalog

/// The demo's answer to a request: its text, cut into deltas, and how fast they come.
struct DemoReply: Sendable {
  /// Joined, they are the whole text, with the thoughts between tags at its start.
  let deltas: [Substring]
  /// How many of the deltas are thoughts.
  let thoughtCount: Int
  /// Multiplies the server's pace.
  let slowness: Double
  let ending: DemoModel.Ending
  let promptTokens: Int
  /// The calls that stand in the place of a text; nil for none.
  let calls: DemoCalls?
  /// The server's own tools that were used before the text; nil for none.
  let serverTools: DemoServerTools?

  /// `serverTools` are those that the request offers.
  init(to request: ChatRequest, serverTools: DemoServerTools? = nil) {
    let model = DemoModel(name: request.model)
    let wish = Wish(request.lastUserText)
    ending = model.ending
    slowness = model.slowness * (wish == .slow ? 10 : 1)
    promptTokens = request.estimatedTokens
    calls = DemoCalls(request)
    self.serverTools = calls == nil ? serverTools : nil
    let thoughts = model.thinks ? Self.deltas(of: Self.thoughts) : []
    thoughtCount = thoughts.count
    if calls != nil || model.isEmpty {
      deltas = thoughts
    } else if let burst = model.burst {
      deltas = Self.burst(burst)
    } else {
      deltas = thoughts + Self.deltas(of: Self.text(for: wish, request))
    }
  }

  /// Reasoning as models write it that know no other channel.
  private static let thoughts = thoughtStart + countedThoughts + thoughtEnd
  private static let thoughtStart = "<think>\n"
  private static let thoughtEnd = "\n</think>\n\n"
  private static let countedThoughts = (1...1_000).map(String.init).joined(separator: " ")

  /// The thoughts without their tags, for a wire that has a channel of their own for them.
  var thoughts: [Substring] {
    thoughtCount == 0 ? [] : Self.deltas(of: Self.countedThoughts)
  }

  /// What is said behind the thoughts.
  var answer: ArraySlice<Substring> { deltas.dropFirst(thoughtCount) }

  var text: String { deltas.joined() }

  private static func text(for wish: Wish, _ request: ChatRequest) -> String {
    let wording = Wording(for: request.lastUserText)
    let opening = request.isFirst ? wording.welcome + "\n\n" : ""
    switch wish {
    case .report, .slow: return opening + wording.report(of: request)
    case .long(let times):
      return opening + Array(repeating: wording.longText, count: times).joined(separator: "\n\n")
    case .count(let last):
      return opening + (1...last).map(String.init).joined(separator: " ")
    }
  }

  /// Words of about a token's length, in paragraphs of 100.
  private static func burst(_ count: Int) -> [Substring] {
    (0..<count).map { ($0 + 1).isMultiple(of: 100) ? "end.\n\n" : "word " }
  }

  /// Cuts behind each white space, and behind every second character of scripts without spaces.
  static func deltas(of text: String) -> [Substring] {
    var deltas: [Substring] = []
    var (start, index) = (text.startIndex, text.startIndex)
    var wide = 0
    while index < text.endIndex {
      let character = text[index]
      index = text.index(after: index)
      wide = character.isWide ? wide + 1 : 0
      guard character.isWhitespace || wide == 2 else { continue }
      deltas.append(text[start..<index])
      (start, wide) = (index, 0)
    }
    if start < text.endIndex { deltas.append(text[start...]) }
    return deltas
  }
}

extension Character {
  fileprivate var isWide: Bool { unicodeScalars.first.map { $0.value >= 0x2E80 } ?? false }
}

extension ChatRequest {
  /// What the messages and the pictures would count as with the demo's rules, which are GPT-4o's.
  var estimatedTokens: Int {
    messages.reduce(3) { sum, message in
      sum + (TokenEstimate.perMessage + .ofText(message.text)).tokensOrZero
        + message.pictures.reduce(0) { $0 + $1.estimatedTokens.tokensOrZero }
    }
  }
}

extension ReceivedPicture {
  var estimatedTokens: TokenEstimate {
    guard case .inline(_, let size, _) = source else { return .unknown }
    return PictureRule.gpt4o.tokens(for: size, detail: detail ?? .auto)
  }
}

extension TokenEstimate {
  fileprivate var tokensOrZero: Int { tokens ?? 0 }
}
