/// Names the address that a cell leads to, within a frame (``LinkTable``), or the picture that stands
/// over it (``PixelPreview``).
///
/// Two bytes made of the address: a cell is as small as without, and rows that are kept need no table
/// of their own.
package struct LinkID: Hashable, Sendable {
  private let high: UInt8
  private let low: UInt8

  /// Leads nowhere.
  package static let none = Self(0)

  /// The name of an address, never `none`.
  ///
  /// Few addresses share one.
  package init(of address: String) {
    let hash = shortHash(of: address)
    self.init(max(1, UInt16(truncatingIfNeeded: hash ^ hash >> 16)))
  }

  private init(_ number: UInt16) {
    high = UInt8(number >> 8)
    low = UInt8(truncatingIfNeeded: number)
  }

  /// The number that the terminal joins the parts of a link by, where it is wrapped.
  package var number: Int { Int(high) << 8 | Int(low) }
}

/// The addresses behind the cells of a frame.
package struct LinkTable: Hashable, Sendable {
  /// Longer addresses are cut off by some terminals (VTE's limit).
  private static let longest = 2083

  /// An empty text where two addresses have one name: then neither is a link.
  private var addresses: [LinkID: String] = [:]

  package init() {}

  package var isEmpty: Bool { addresses.isEmpty }

  /// Takes in an address; one that no click should follow is left out.
  package mutating func insert(_ address: String) {
    guard let target = Self.target(of: address) else { return }
    let known = addresses.updateValue(target, forKey: LinkID(of: address))
    if let known, known != target { addresses[LinkID(of: address)] = "" }
  }

  /// Where a cell leads to, in printable ASCII; nil where it is no link.
  package subscript(id: LinkID) -> String? {
    guard id != .none, let target = addresses[id], !target.isEmpty else { return nil }
    return target
  }

  /// The address with everything encoded that could end the sequence it is written in (RFC 3986
  /// §2.1); nil for schemes other than the web's and mail's, and where it is too long.
  private static func target(of address: String) -> String? {
    let schemes = ["https://", "http://", "mailto:"]
    guard schemes.contains(where: address.lowercased().hasPrefix) else { return nil }
    let digits = Array("0123456789ABCDEF".utf8)
    let bytes = address.utf8.flatMap { byte in
      (0x21...0x7E).contains(byte)
        ? [byte] : [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
    return bytes.count <= longest ? String(decoding: bytes, as: UTF8.self) : nil
  }
}

extension [Cell] {
  /// The runs of cells that have one name in common.
  package var linkedStretches: [(columns: Range<Int>, id: LinkID)] {
    var stretches: [(columns: Range<Int>, id: LinkID)] = []
    for (column, cell) in enumerated() where cell.style.link != .none {
      if let last = stretches.last, last.id == cell.style.link, last.columns.upperBound == column {
        stretches[stretches.count - 1].columns = last.columns.lowerBound..<column + 1
      } else {
        stretches.append((column..<column + 1, cell.style.link))
      }
    }
    return stretches
  }
}
