/// Reads boxes and numbers within bytes held in memory; what lies outside is 0 or absent.
struct BoxReader {
  struct Box {
    var name: String
    var contents: ArraySlice<UInt8>
  }

  private let bytes: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
  }

  var children: [Box] { boxes(from: 0) }

  /// Whether an auxiliary picture is an alpha plane (`auxC`, in its HEVC or its AV1 spelling).
  var mentionsAlpha: Bool {
    let kinds = (child("ipco", after: 0).map { BoxReader($0).children } ?? [])
      .filter { $0.name == "auxC" }
      .map { String(decoding: $0.contents, as: UTF8.self) }
    return kinds.contains { $0.contains("auxid:1") || $0.contains("auxiliary:alpha") }
  }

  /// The contents of the first child of that name; `skipped` is the length of a full box's header.
  func child(_ name: String, after skipped: Int) -> ArraySlice<UInt8>? {
    boxes(from: skipped).first { $0.name == name }?.contents
  }

  func number(at offset: Int, count: Int) -> Int {
    let start = bytes.startIndex + offset
    guard offset >= 0, start + count <= bytes.endIndex else { return 0 }
    return bytes[start..<(start + count)].reduce(0) { $0 << 8 | Int($1) }
  }

  /// The indices (from 0) of an item's properties, of an `ipma` box.
  func properties(of item: Int) -> [Int] {
    let isLong = number(at: 3, count: 1) & 1 == 1
    let identifierLength = number(at: 0, count: 1) == 0 ? 2 : 4
    var offset = 8
    for _ in 0..<min(number(at: 4, count: 4), bytes.count) {
      let identifier = number(at: offset, count: identifierLength)
      let count = number(at: offset + identifierLength, count: 1)
      offset += identifierLength + 1
      if identifier == item {
        return (0..<count).map { index in
          isLong
            ? number(at: offset + index * 2, count: 2) & 0x7FFF
            : number(at: offset + index, count: 1) & 0x7F
        }.filter { $0 > 0 }.map { $0 - 1 }
      }
      offset += count * (isLong ? 2 : 1)
    }
    return []
  }

  private func boxes(from skipped: Int) -> [Box] {
    var found: [Box] = []
    var offset = skipped
    while offset + 8 <= bytes.count {
      let (header, length) = extent(at: offset)
      guard length >= header, length <= bytes.count - offset else { break }
      let start = bytes.startIndex + offset
      found.append(
        Box(
          name: String(decoding: bytes[(start + 4)..<(start + 8)], as: UTF8.self),
          contents: bytes[(start + header)..<(start + length)]))
      offset += length
    }
    return found
  }

  /// The length of a box's header, and of all of it: 1 stands for a 64-bit length, 0 for the rest
  /// (ISO/IEC 14496-12 §4.2).
  private func extent(at offset: Int) -> (header: Int, whole: Int) {
    switch number(at: offset, count: 4) {
    case 0: (8, bytes.count - offset)
    case 1: (16, number(at: offset + 8, count: 8))
    case let length: (8, length)
    }
  }
}
