import ChatCore
import Conversation
import Language
import Screen

/// What the transcript shows, for the time of one frame: the system message, then the path.
struct TranscriptSource {
  /// Stands for the system message that opens every request.
  static let instructions = MessageID(rawValue: 0)

  let state: ChatState
  let context: ViewContext
  let entries: [MessageID]
  /// Layouts that this frame has looked at.
  var laidOut: [MessageID: MessageLayout] = [:]

  init(_ state: ChatState, _ context: ViewContext) {
    self.state = state
    self.context = context
    let path = state.conversation.messages.pathIDs
    entries = state.conversation.instructions == nil ? path : [Self.instructions] + path
  }

  func index(of id: MessageID) -> Int? { entries.firstIndex(of: id) }

  func message(_ entry: Int) -> Message {
    let id = entries[entry]
    if let message = state.conversation.messages[id] { return message }
    return Message(
      id: id, parent: nil, role: .system, parts: [.text(state.conversation.instructions ?? "")],
      created: Timestamp(milliseconds: 0))
  }

  func key(of message: Message) -> MessageLayout.Key {
    MessageLayout.Key(
      context: context, status: message.status, omission: message.omission,
      isRaw: state.transcript.isRaw, isUnfolded: state.transcript.unfolded.contains(message.id),
      variant: variant(of: message), pictures: message.pictures.map(pictureLine),
      previews: previewKeys(of: message).reduce(into: [:]) { $0[$1] = isDrawn($1) },
      finish: message.reply?.finishReason)
  }

  private func variant(of message: Message) -> String {
    let variants = state.conversation.messages.variants(of: message.id)
    guard variants.count > 1, let index = variants.firstIndex(of: message.id) else { return "" }
    return "\(index + 1)/\(variants.count)"
  }

  private func pictureLine(_ reference: PictureReference) -> String {
    "\(reference.name) \(PictureLine.figures(reference, state))"
  }

  /// The name of the role, for the first row of a message.
  func label(_ entry: Int) -> [Cell]? {
    let message = message(entry)
    let isLeftOut = message.omission == .all
    let (name, style): (Phrase, Style) =
      switch message.role {
      case .system: (say("system"), context.theme.system)
      case .user: (say("you"), context.theme.user)
      case .assistant: (say("iris"), context.theme.assistant)
      }
    return context.cells(" " + context.text(name), isLeftOut ? context.theme.dim : style)
      .truncated(to: context.labelColumns - 1, rules: context.rules)
  }

  /// The row with the matches of the search lit.
  func lit(_ cells: [Cell]) -> [Cell] {
    guard let query = state.transcript.find?.query else { return cells }
    var cells = cells
    for range in RowMatches(query, in: cells).ranges {
      for index in range { cells[index].style.attributes.formUnion(.reverse) }
    }
    return cells
  }
}

// MARK: - Previews

extension TranscriptSource {
  /// The size of a preview: at most a third of the screen high, and a half of it wide.
  private var previewSize: Size {
    Size(
      columns: min(context.textColumns, 60),
      rows: max(2, min(16, state.surroundings.size.rows / 3 - 1)))
  }

  private func previewKeys(of message: Message) -> [PreviewKey] {
    guard state.surroundings.previewsAreOn else { return [] }
    return message.pictures.compactMap(\.stored).map {
      PreviewKey(digest: $0.digest, size: previewSize)
    }
  }

  private func isDrawn(_ key: PreviewKey) -> Bool { (state.pictures.previews[key] ?? nil) != nil }

  func missingPreviews(of message: Message) -> [PreviewKey] {
    previewKeys(of: message).filter { state.pictures.previews[$0] == nil }
  }

  /// The previews of a message, side by side while they fit.
  func previews(of message: Message) -> [[Cell]] {
    var bands: [[[Cell]]] = []
    for key in previewKeys(of: message) {
      guard let rows = state.pictures.previews[key] ?? nil, let width = rows.first?.count,
        width > 0
      else { continue }
      if let last = bands.last, (last.first?.count ?? 0) + 2 + width <= context.textColumns {
        bands[bands.count - 1] = Self.joined(last, rows)
      } else {
        bands.append(rows)
      }
    }
    return bands.flatMap { $0 }
  }

  private static func joined(_ left: [[Cell]], _ right: [[Cell]]) -> [[Cell]] {
    let width = left.first?.count ?? 0
    let gap: [Cell] = [.blank, .blank]
    return (0..<max(left.count, right.count)).map { row in
      (row < left.count ? left[row] : []).padded(to: width) + gap
        + (row < right.count ? right[row] : [])
    }
  }
}

/// Where a text stands in a row, whatever the case, as ranges of cells.
struct RowMatches {
  private(set) var ranges: [Range<Int>] = []

  init(_ query: String, in cells: [Cell]) {
    let needle = query.lowercased().unicodeScalars.filter { $0 != " " }
    guard let first = needle.first else { return }
    // Blanks and right halves are passed over, so that a match may go over a wide character.
    let places = cells.indices.filter { cells[$0].width > 0 && cells[$0].base != " " }
    let scalars = places.map { cells[$0].base.properties.lowercaseMapping.unicodeScalars.first }
    var index = 0
    while index + needle.count <= places.count {
      if scalars[index] == first,
        zip(scalars[index...], needle).allSatisfy({ $0 == Optional($1) })
      {
        let last = places[index + needle.count - 1]
        ranges.append(places[index]..<(last + Int(cells[last].width)))
        index += needle.count
      } else {
        index += 1
      }
    }
  }
}
