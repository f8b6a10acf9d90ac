import CVTerm

/// A terminal that knows of every cell where a click on it leads (OSC 8).
package final class LinkedTerminal {
  private static let start = Array("\u{1B}]8;".utf8)

  private let screen: OpaquePointer
  /// The links that were seen, under the number that their cells have.
  private var addresses = [""]

  /// Traps where memory for the screen runs out.
  package init(columns: Int, rows: Int) {
    guard let screen = cv_links_open(Int32(columns), Int32(rows)) else {
      preconditionFailure("no memory for a terminal of \(columns)×\(rows)")
    }
    self.screen = screen
  }

  deinit { cv_links_close(screen) }

  /// Takes what a program writes; no sequence may be cut.
  package func feed(_ bytes: [UInt8]) {
    var rest = bytes[...]
    var link = 0
    while let start = rest.firstRange(of: Self.start) {
      put(rest[..<start.lowerBound], link)
      rest = rest[start.upperBound...]
      let string = rest.prefix { $0 != 0x1B && $0 != 0x07 }
      link = number(of: string)
      rest = rest.dropFirst(string.count + (rest.dropFirst(string.count).first == 0x07 ? 1 : 2))
    }
    put(rest, link)
  }

  /// Where a click leads; empty where it leads nowhere.
  package func address(row: Int, column: Int) -> String {
    addresses[Int(cv_links_at(screen, Int32(row), Int32(column)))]
  }

  private func put(_ bytes: ArraySlice<UInt8>, _ link: Int) {
    let characters = bytes.map { CChar(bitPattern: $0) }
    cv_links_feed(screen, characters, characters.count, Int32(link))
  }

  /// The number of what stands between `ESC]8;` and its end: parameters and an address.
  private func number(of string: ArraySlice<UInt8>) -> Int {
    let address = string.split(separator: UInt8(ascii: ";"), maxSplits: 1).last ?? []
    let text = string.last == UInt8(ascii: ";") ? "" : String(decoding: address, as: UTF8.self)
    if let known = addresses.firstIndex(of: text) { return known }
    addresses.append(text)
    return addresses.count - 1
  }
}
