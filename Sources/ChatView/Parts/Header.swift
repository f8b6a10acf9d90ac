import ChatEngine
import ChatScreen
import Conversation
import ModelCatalog
import Screen

/// The bar at the top: the conversation's name, the model, what is set, tokens and cost.
struct Header {
  private let title: [Cell]
  private let settings: [Cell]
  private let context: ViewContext

  init(_ state: ChatState, _ usage: UsageTotals, _ context: ViewContext) {
    self.context = context
    let separator = " \(context.glyphs.separator) "
    let name = state.conversation.title
    title = context.cells(
      " Iris" + (name.isEmpty ? "" : separator + name), context.theme.bar)
    let parts = Self.parts(state, usage)
    // The least important part gives way first; a part is shown whole or not at all.
    let room = context.columns - min(title.count, context.columns / 4) - 2
    // The model, and what was used, are never dropped.
    let least = usage.total == nil ? 1 : 2
    let shown = (0...(parts.count - least)).map { dropped in
      let texts = Self.texts(of: parts.dropLast(dropped), isWhole: dropped == 0)
      return context.cells(texts.joined(separator: separator) + " ", context.theme.dim)
    }
    settings =
      shown.first { $0.count <= room } ?? Self.narrow(parts, usage, room: room, context)
  }

  /// The model and, in the fewest letters, what was used: the model's name gives way, never a figure.
  private static func narrow(
    _ parts: [(text: String, place: Int)], _ usage: UsageTotals, room: Int, _ context: ViewContext
  ) -> [Cell] {
    let more = parts.contains { $0.place > 0 && $0.place < usagePlace } ? " …" : ""
    let model = context.cells((parts.first?.text ?? "") + more, context.theme.dim)
    let separator = " \(context.glyphs.separator) "
    let sum = context.cells(
      (usage.total.map { separator + briefText($0) } ?? "") + " ", context.theme.dim)
    let left = room - sum.count
    guard left >= leastModelColumns else {
      return model.truncated(to: room, at: .middle, rules: context.rules)
    }
    return model.truncated(to: left, at: .middle, rules: context.rules) + sum
  }

  /// The fewest columns of a model's name that say something.
  private static let leastModelColumns = 8

  /// Draws the bar, and a rule where there is room; returns the number of rows used.
  func draw(in frame: inout Frame) -> Int {
    let columns = frame.size.columns
    let room = columns - settings.count - 1
    frame.write(title.truncated(to: room, rules: context.rules), row: 0)
    frame.write(settings, row: 0, column: columns - settings.count)
    guard frame.size.rows >= 16 else { return 1 }
    frame.write(context.rule(columns), row: 1)
    return 2
  }

  /// The parts in their places; where some have no room, that is not hidden: `…` stands in their place,
  /// before what was used.
  private static func texts(
    of parts: ArraySlice<(text: String, place: Int)>, isWhole: Bool
  ) -> [String] {
    var shown = parts.sorted { $0.place < $1.place }
    if !isWhole, let last = shown.lastIndex(where: { $0.place < usagePlace }) {
      shown[last].text += " …"
    }
    return shown.map(\.text)
  }

  /// The place of what was used, behind all settings.
  private static let usagePlace = 100

  /// The model's name, and that it is a demo's where the name does not say so.
  private static func model(_ state: ChatState) -> String {
    let name = state.currentModel ?? "–"
    return state.currentProvider.isDemo && name != "demo" ? "\(name) (demo)" : name
  }

  /// The parts of the bar, the most important first, with their places in it.
  private static func parts(
    _ state: ChatState, _ usage: UsageTotals
  ) -> [(text: String, place: Int)] {
    var parts = [(model(state), 0)]
    if let usage = usage.total {
      let money = usage.money.map { " " + $0.text(isEstimated: usage.isEstimated) } ?? ""
      parts.append((tokens(usage) + money, usagePlace))
    }
    let parameters = state.engine.requestParameters
    let values = ParameterName.allCases.compactMap { name in
      parameters.value(of: name).map { value in
        "\(name == .temperature ? "t" : name.rawValue) \(value)"
      }
    }
    let others =
      parameters.serverToolNames + parameters.others.map { "\($0.name) \($0.json)" }
    for (place, text) in (values + others).enumerated() { parts.append((text, place + 1)) }
    return parts
  }

  /// Money where it is known, else tokens.
  private static func briefText(_ usage: UsageTotals.Sum) -> String {
    usage.money?.text(isEstimated: usage.isEstimated) ?? tokens(usage)
  }

  private static func tokens(_ usage: UsageTotals.Sum) -> String {
    "\(usage.isEstimated ? "≈" : "")\(TokenEstimate.short(usage.tokens.value)) tok"
  }
}
