import ChatEngine
import ChatScreen
import Conversation
import Screen

/// The messages that were looked at lately, as blocks of rows.
///
/// What is out of sight costs nothing: a message is read when it comes into sight, a block is laid
/// out when it does, and both are forgotten when there are too many of them.
struct TranscriptLayout {
  /// Cells to be kept beyond those of the last frame.
  private static let mostCells = 200_000
  /// Messages, and bytes of their texts, to be kept beyond those of the last frame.
  private static let mostMessages = 256
  private static let mostBytes = 1_000_000

  fileprivate struct Entry {
    var layout: MessageLayout
    /// Tells this layout from earlier ones of the same message.
    var serial: Int
    var frame: Int
  }

  fileprivate struct BlockKey: Hashable {
    var serial: Int
    var part: MessageLayout.Part
  }

  private struct Block {
    var rows: [[Cell]]
    /// The addresses of its links.
    var addresses: [String]
    var version: Int
    var frame: Int
  }

  private var messages: [MessageID: Entry] = [:]
  private var blocks: [BlockKey: Block] = [:]
  private var cellCount = 0
  private var frame = 0
  private var lastSerial = 0
  private var context: ViewContext?
  /// Whether a message in sight is not parsed whole yet; the next frame parses more of it.
  private(set) var isReading = false

  /// Begins a frame.
  mutating func begin(_ source: TranscriptSource) {
    frame += 1
    isReading = false
    guard context != source.context else { return }
    context = source.context
    blocks = [:]
    cellCount = 0
    for id in messages.keys { messages[id]?.layout.forgetRows() }
  }

  /// The addresses of the links that the last frame needed, and maybe some near them.
  var links: LinkTable {
    blocks.values.filter { $0.frame == frame }.flatMap(\.addresses)
      .reduce(into: LinkTable()) { $0.insert($1) }
  }

  /// Ends a frame: forgets what it did not need, if there is too much.
  mutating func end() {
    if cellCount > Self.mostCells {
      blocks = blocks.filter { $0.value.frame == frame }
      cellCount = blocks.values.reduce(0) { $0 + $1.rows.cellCount }
    }
    let byteCount = messages.values.reduce(0) { $0 + $1.layout.byteCount }
    if messages.count > Self.mostMessages || byteCount > Self.mostBytes {
      messages = messages.filter { $0.value.frame == frame }
    }
  }
}

// MARK: - Blocks

extension TranscriptLayout {
  mutating func blockCount(_ entry: Int, _ source: TranscriptSource) -> Int {
    let id = prepare(entry, source)
    return messages[id]?.layout.blockCount ?? 1
  }

  /// The rows of the block in which a position is.
  mutating func rows(at position: RowPosition, _ source: TranscriptSource) -> [[Cell]] {
    let id = prepare(position.entry, source)
    guard let (key, version) = messages[id]?.key(of: position.block, frame: frame) else {
      return []
    }
    if let known = blocks[key], known.version == version {
      blocks[key]?.frame = frame
      return known.rows
    }
    let message = source.message(position.entry)
    let rows = messages[id]?.layout.rows(of: key.part, message, source) ?? []
    let addresses = messages[id]?.layout.addresses(of: key.part) ?? []
    let block = Block(rows: rows, addresses: addresses, version: version, frame: frame)
    let old = blocks.updateValue(block, forKey: key)
    cellCount += rows.cellCount - (old?.rows.cellCount ?? 0)
    return rows
  }

  mutating func rowCount(at position: RowPosition, _ source: TranscriptSource) -> Int {
    rows(at: position, source).count
  }

  /// The first block that holds a byte of a message's text, and the byte that it begins with.
  mutating func block(
    ofByte offset: Int, in entry: Int, _ source: TranscriptSource
  ) -> (block: Int, start: Int) {
    let id = prepare(entry, source)
    return messages[id]?.layout.block(ofByte: offset, in: source.message(entry)) ?? (0, 0)
  }

  /// The block in which a position is as its source, and the byte that it begins with; nil where
  /// it is not shown as it is written.
  mutating func sourceRows(
    at position: RowPosition, _ source: TranscriptSource
  ) -> (rows: TextRows, start: Int)? {
    let id = prepare(position.entry, source)
    guard let layout = messages[id]?.layout else { return nil }
    let part = layout.part(at: position.block)
    return layout.sourceRows(of: part, source.message(position.entry), source.context)
  }

  /// The place in a message's source that a position shows, or one a little before it.
  mutating func sourceStart(at position: RowPosition, _ source: TranscriptSource) -> SourceStart {
    let id = prepare(position.entry, source)
    guard let part = messages[id]?.layout.part(at: position.block) else { return SourceStart() }
    return messages[id]?.layout.sourceStart(
      of: part, row: position.row, source.message(position.entry), source.context) ?? SourceStart()
  }

  /// Brings the layout of a message up to date, once in a frame.
  private mutating func prepare(_ entry: Int, _ source: TranscriptSource) -> MessageID {
    let id = source.entries[entry]
    guard messages[id]?.frame != frame else { return id }
    let message = source.message(entry)
    let form = MessageLayout.Form(
      isMarkdown: message.role == .assistant && !source.state.showsSource,
      isWhole: message.status != .streaming,
      isUnfolded: source.state.transcript.unfolded.contains(id))
    if messages[id]?.layout.canSettle(as: form) == true {
      settle(id, as: form, message)
      return id
    }
    if messages[id]?.layout.form != form {
      lastSerial += 1
      messages[id] = Entry(layout: MessageLayout(form), serial: lastSerial, frame: frame)
    }
    messages[id]?.frame = frame
    if messages[id]?.layout.update(to: message) == false {
      lastSerial += 1
      messages[id]?.serial = lastSerial
    }
    return id
  }
}

extension TranscriptLayout {
  /// Lets the layout of a message that grew go over to that of a whole one.
  private mutating func settle(_ id: MessageID, as form: MessageLayout.Form, _ message: Message) {
    messages[id]?.frame = frame
    if messages[id]?.layout.settle(as: form, message) == true {
      lastSerial += 1
      messages[id]?.serial = lastSerial
    } else {
      isReading = true
    }
  }
}

extension TranscriptLayout.Entry {
  /// The cache key of a block's rows, and the version that they must have.
  fileprivate func key(of block: Int, frame: Int) -> (TranscriptLayout.BlockKey, version: Int) {
    let part = layout.part(at: block)
    let key = TranscriptLayout.BlockKey(serial: serial, part: part)
    return (key, layout.version(of: part) ?? -frame)
  }
}

extension [[Cell]] {
  fileprivate var cellCount: Int { reduce(0) { $0 + $1.count } }
}

/// A row of the transcript: all three are counted from 0.
struct RowPosition: Comparable {
  var entry: Int
  /// A block of the message.
  var block: Int
  /// A row of the block.
  var row: Int

  static let top = RowPosition(entry: 0, block: 0, row: 0)

  static func < (left: Self, right: Self) -> Bool {
    (left.entry, left.block, left.row) < (right.entry, right.block, right.row)
  }
}
