/// Decompresses a zlib stream (RFC 1950, RFC 1951), bit by bit as its authors' `puff` does: for the
/// demo's small pictures.
struct Inflater {
  private let bytes: [UInt8]
  private var place: Int
  private var bit = 0
  private var output: [UInt8] = []
  private let limit: Int

  /// The decompressed bytes; nil where the stream is damaged, or is longer than `limit`.
  static func bytes(of stream: [UInt8], limit: Int) -> [UInt8]? {
    guard stream.count > 2, stream[0] & 0x0F == 8 else { return nil }
    var inflater = Inflater(stream, limit: limit)
    return inflater.run() ? inflater.output : nil
  }

  private init(_ bytes: [UInt8], limit: Int) {
    self.bytes = bytes
    self.limit = limit
    place = 2
  }

  private mutating func run() -> Bool {
    while true {
      guard let isLast = bits(1), let kind = bits(2) else { return false }
      let isGood =
        switch kind {
        case 0: copyStored()
        case 1: decode(Self.fixedLengths, Self.fixedDistances)
        case 2: decodeDynamic()
        default: false
        }
      guard isGood else { return false }
      if isLast == 1 { return true }
    }
  }

  private mutating func bits(_ count: Int) -> Int? {
    var value = 0
    for index in 0..<count {
      guard place < bytes.count else { return nil }
      value |= Int(bytes[place] >> bit & 1) << index
      bit += 1
      if bit == 8 { (bit, place) = (0, place + 1) }
    }
    return value
  }

  private mutating func copyStored() -> Bool {
    if bit > 0 { (bit, place) = (0, place + 1) }
    guard place + 4 <= bytes.count else { return false }
    let count = Int(bytes[place]) | Int(bytes[place + 1]) << 8
    place += 4
    guard place + count <= bytes.count, output.count + count <= limit else { return false }
    output += bytes[place..<place + count]
    place += count
    return true
  }

  private mutating func symbol(_ code: HuffmanCode) -> Int? {
    var (value, first, index) = (0, 0, 0)
    for length in 1..<code.counts.count {
      guard let bit = bits(1) else { return nil }
      value |= bit
      let count = code.counts[length]
      if value - count < first { return code.symbols[index + value - first] }
      index += count
      first = (first + count) << 1
      value <<= 1
    }
    return nil
  }

  private mutating func decode(_ lengths: HuffmanCode, _ distances: HuffmanCode) -> Bool {
    while output.count <= limit {
      guard let symbol = symbol(lengths) else { return false }
      if symbol < 256 {
        output.append(UInt8(symbol))
      } else if symbol == 256 {
        return true
      } else if !copyMatch(symbol - 257, distances) {
        return false
      }
    }
    return false
  }

  private mutating func copyMatch(_ code: Int, _ distances: HuffmanCode) -> Bool {
    guard code < Self.lengthBases.count, let more = bits(Self.lengthBits[code]),
      let symbol = symbol(distances), symbol < 30, let far = bits(symbol < 4 ? 0 : symbol / 2 - 1)
    else { return false }
    let length = Self.lengthBases[code] + more
    let base = symbol < 4 ? symbol + 1 : 1 + (2 + symbol % 2) << (symbol / 2 - 1)
    let distance = base + far
    guard distance <= output.count, output.count + length <= limit else { return false }
    for _ in 0..<length { output.append(output[output.count - distance]) }
    return true
  }

  private mutating func decodeDynamic() -> Bool {
    guard let lengthCount = bits(5), let distanceCount = bits(5), let codeCount = bits(4) else {
      return false
    }
    var widths = [Int](repeating: 0, count: 19)
    for index in 0..<codeCount + 4 {
      guard let width = bits(3) else { return false }
      widths[Self.order[index]] = width
    }
    let code = HuffmanCode(widths)
    var all: [Int] = []
    let wanted = lengthCount + 257 + distanceCount + 1
    while all.count < wanted {
      guard let symbol = symbol(code) else { return false }
      switch symbol {
      case 0..<16: all.append(symbol)
      case 16:
        guard let last = all.last, let more = bits(2) else { return false }
        all += repeatElement(last, count: 3 + more)
      default:
        guard let more = bits(symbol == 17 ? 3 : 7) else { return false }
        all += repeatElement(0, count: (symbol == 17 ? 3 : 11) + more)
      }
    }
    guard all.count == wanted else { return false }
    return decode(
      HuffmanCode(Array(all[..<(lengthCount + 257)])),
      HuffmanCode(Array(all[(lengthCount + 257)...])))
  }

  private static let order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
  private static let lengthBits =
    [0, 0, 0, 0, 0, 0, 0, 0] + (1...5).flatMap { Array(repeating: $0, count: 4) } + [0]
  private static let lengthBases: [Int] = {
    var bases = [3]
    for bits in lengthBits.prefix(27) { bases.append((bases.last ?? 3) + 1 << bits) }
    return bases + [258]
  }()
  private static let fixedLengths = HuffmanCode(
    Array(repeating: 8, count: 144) + Array(repeating: 9, count: 112)
      + Array(repeating: 7, count: 24) + Array(repeating: 8, count: 8))
  private static let fixedDistances = HuffmanCode(Array(repeating: 5, count: 30))
}

/// A canonical Huffman code (RFC 1951 §3.2.2).
private struct HuffmanCode {
  /// How many symbols have codes of each length.
  let counts: [Int]
  /// The symbols by the length of their codes.
  let symbols: [Int]

  init(_ lengths: [Int]) {
    var counts = [Int](repeating: 0, count: 16)
    for length in lengths where length > 0 { counts[length] += 1 }
    self.counts = counts
    symbols = (1..<16).flatMap { length in lengths.indices.filter { lengths[$0] == length } }
  }
}
