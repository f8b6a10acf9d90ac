import JSON

/// Cuts pictures that a model writes into its text as base64 out of it, as the text streams.
///
/// Cut are Markdown's `![words](data:image/…;base64,…)` of any length, and addresses by themselves or in
/// `<img src="…">` that are too long to be read: a short one is an example in a program. What may be the
/// start of one is held back until it is known.
struct EmbeddedPictures: Sendable {
  /// A piece of the text, in its order.
  enum Piece: Equatable, Sendable {
    case text(String)
    /// A whole `data:` URL.
    case picture(String)
  }

  private enum State: Equatable {
    /// Next: `letters`.
    case text
    /// Within base64. Next: `closing`, `text`.
    case letters(Markup)
    /// Behind it, up to the end of its markup. Next: `text`.
    case closing(Markup)
  }

  /// What stands around an address.
  private enum Markup: Equatable {
    case markdown
    case html
    case bare
  }

  /// How many letters an address outside of Markdown has at least to be cut out: 768 bytes.
  private static let leastLetters = 1024
  /// How far before an address its markup begins, in bytes, at most.
  private static let longestOpening = 300
  private static let scheme = Array("data:image/".utf8)
  private static let coding = Array(";base64,".utf8)
  private static let image = Array("![".utf8)
  private static let tag = Array("<img".utf8)

  private var state = State.text
  /// What is neither text nor picture yet.
  private var held: [UInt8] = []
  /// The markup before the picture that is read, and its address up to the comma.
  private var opening: [UInt8] = []
  private var address: [UInt8] = []
  private var letters: [UInt8] = []

  /// Takes more of the text.
  ///
  /// - Complexity: linear in the text, over all calls together.
  mutating func feed(_ text: String) -> [Piece] {
    var pieces: [Piece] = []
    held += text.utf8
    while step(&pieces) {}
    return pieces
  }

  /// Gives out what was held back; nothing more comes.
  mutating func finish() -> [Piece] {
    var pieces: [Piece] = []
    if case .letters(let markup) = state { endLetters(of: markup, &pieces) }
    if state == .text { append(held[...], to: &pieces) }
    (held, state) = ([], .text)
    return pieces
  }

  /// Whether anything changed that lets the rest be looked at again.
  private mutating func step(_ pieces: inout [Piece]) -> Bool {
    switch state {
    case .text: return stepInText(&pieces)
    case .letters(let markup):
      let count = held.prefix { $0.isBase64Letter }.count
      letters += held[..<count]
      held.removeFirst(count)
      if held.isEmpty { return false }
      endLetters(of: markup, &pieces)
      return true
    case .closing(let markup):
      let end: UInt8 = markup == .html ? UInt8(ascii: ">") : UInt8(ascii: ")")
      guard let place = held.firstIndex(where: { $0 == end || $0 == 0x0A }) else {
        if held.count > Self.longestOpening { state = .text }
        return state == .text
      }
      held.removeFirst(held[place] == end ? place + 1 : place)
      state = .text
      return true
    }
  }

  private mutating func stepInText(_ pieces: inout [Piece]) -> Bool {
    guard let start = held.firstIndex(of: Self.scheme) else {
      let end = heldStart
      append(held[..<end], to: &pieces)
      if end == held.count { held.removeAll(keepingCapacity: true) } else { held.removeFirst(end) }
      return false
    }
    let rest = held[(start + Self.scheme.count)...]
    let type = rest.prefix { $0.isMediaTypeSign }.prefix(80)
    let comma = rest.prefix(100).firstIndex(of: UInt8(ascii: ","))
    guard let comma, held[..<(comma + 1)].suffix(Self.coding.count).elementsEqual(Self.coding),
      type.endIndex == comma
    else {
      // It may still go on; held with all that may be its markup.
      if comma == nil, type.endIndex == held.endIndex, type.count < 80 { return false }
      append(held[..<(start + 1)], to: &pieces)
      held.removeFirst(start + 1)
      return true
    }
    let (markup, begin) = markup(before: start)
    append(held[..<begin], to: &pieces)
    (opening, address, letters) = (Array(held[begin..<start]), Array(held[start...comma]), [])
    held.removeFirst(comma + 1)
    state = .letters(markup)
    return true
  }

  private mutating func endLetters(of markup: Markup, _ pieces: inout [Piece]) {
    defer { (opening, address, letters) = ([], [], []) }
    guard markup == .markdown || letters.count >= Self.leastLetters else {
      append((opening + address + letters)[...], to: &pieces)
      state = .text
      return
    }
    pieces.append(.picture(String(decoding: address + letters, as: UTF8.self)))
    state = markup == .bare ? .text : .closing(markup)
  }

  /// What stands before the address at `start`, and where it begins.
  private func markup(before start: Int) -> (Markup, begin: Int) {
    let before = held[..<start].suffix(Self.longestOpening)
    var end = before.endIndex
    if before.last == UInt8(ascii: "<") { end -= 1 }
    if before[..<end].suffix(2).elementsEqual("](".utf8),
      let open = before[..<end].lastIndex(of: Self.image),
      !before[open..<end].contains(0x0A)
    {
      return (.markdown, open)
    }
    if let tag = before.lastIndex(of: Self.tag), !before[tag...].contains(UInt8(ascii: ">")) {
      return (.html, tag)
    }
    return (.bare, start)
  }

  /// Where what may be the start of a picture begins, in a text without a whole scheme.
  private var heldStart: Int {
    let tail = held.suffix(Self.longestOpening)
    let image = tail.lastIndex(of: Self.image).flatMap { isOpenImage(tail[$0...]) ? $0 : nil }
    let tag = tail.lastIndex(of: Self.tag).flatMap {
      tail[$0...].contains(UInt8(ascii: ">")) ? nil : $0
    }
    let beginnings = [Self.scheme, Self.image, Self.tag].map { pattern in
      (1..<pattern.count).last { tail.suffix($0).elementsEqual(pattern.prefix($0)) }
        .map { held.count - $0 }
    }
    return ([image, tag] + beginnings).compactMap(\.self).min() ?? held.count
  }

  /// Whether `![words](` may still be followed by an address.
  private func isOpenImage(_ text: ArraySlice<UInt8>) -> Bool {
    guard !text.contains(0x0A) else { return false }
    guard let bracket = text.lastIndex(of: UInt8(ascii: "]")) else { return true }
    var rest = text[(bracket + 1)...]
    guard rest.isEmpty || rest.popFirst() == UInt8(ascii: "(") else { return false }
    if rest.first == UInt8(ascii: "<") { rest = rest.dropFirst() }
    return Self.scheme.starts(with: rest)
  }

  private func append(_ text: ArraySlice<UInt8>, to pieces: inout [Piece]) {
    guard !text.isEmpty else { return }
    pieces.append(.text(String(decoding: text, as: UTF8.self)))
  }
}

extension UInt8 {
  /// A letter of base64, or its padding (RFC 4648 §4, §5).
  fileprivate var isBase64Letter: Bool {
    switch self {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "/"),
      UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "="):
      true
    default: false
    }
  }

  /// What may stand between `data:image/` and its comma.
  fileprivate var isMediaTypeSign: Bool {
    isBase64Letter || self == UInt8(ascii: ".") || self == UInt8(ascii: ";")
  }
}

extension BidirectionalCollection where Element == UInt8, Index == Int {
  /// Where `pattern` begins first.
  fileprivate func firstIndex(of pattern: [UInt8]) -> Int? {
    var start = startIndex
    while let place = self[start...].firstIndex(of: pattern[0]) {
      if self[place...].starts(with: pattern) { return place }
      start = place + 1
    }
    return nil
  }

  fileprivate func lastIndex(of pattern: [UInt8]) -> Int? {
    var end = endIndex
    while let place = self[..<end].lastIndex(of: pattern[0]) {
      if self[place...].starts(with: pattern) { return place }
      end = place
    }
    return nil
  }
}
