import Foundation

/// The pictures of a terminal with kitty's protocol, as they stand after what it was sent.
///
/// It forgets pictures as kitty 0.26 does, earlier than the protocol says: with any that it is told
/// to forget, and with an erased screen, all that are not on the screen.
struct PlacingTerminal {
  struct Placement: Hashable {
    var picture: UInt32
    var row: Int
    var column: Int
    /// The pixels of the picture that are shown: the first row, and how many.
    var top: Int
    var height: Int
  }

  /// The pictures that it has been given, each as often as it was.
  private(set) var transmissions: [UInt32] = []
  private(set) var pictures: Set<UInt32> = []
  private var places: [[UInt32]: Placement] = [:]
  /// What it could not do, as a picture that it does not have.
  private(set) var complaints: [String] = []

  var placements: Set<Placement> { Set(places.values) }

  mutating func feed(_ output: [UInt8]) {
    let text = String(decoding: output, as: UTF8.self)
    var cursor = (row: 0, column: 0)
    let sequence = /\u{1B}\[(\d+);(\d+)H|\u{1B}\[2J|\u{1B}_G([^;\u{1B}]*)(?:;[^\u{1B}]*)?\u{1B}\\/
    for match in text.matches(of: sequence) {
      if let keys = match.3 {
        consume(keys, at: cursor)
      } else if let row = match.1.flatMap({ Int($0) }), let column = match.2.flatMap({ Int($0) }) {
        cursor = (row - 1, column - 1)
      } else {
        places = [:]
        pictures = []
      }
    }
  }

  private mutating func consume(_ command: Substring, at cursor: (row: Int, column: Int)) {
    let pairs = command.split(separator: ",").map { $0.split(separator: "=") }
    let keys = Dictionary(uniqueKeysWithValues: pairs.map { ($0[0], String($0[1])) })
    let number = keys["i"].flatMap(UInt32.init) ?? 0
    let place = [number, keys["p"].flatMap(UInt32.init) ?? 0]
    if keys["q"] != "2" { complaints.append("answers: \(command)") }
    switch (keys["a"], keys["d"]) {
    case ("t", _):
      transmissions.append(number)
      pictures.insert(number)
    case ("p", _):
      if !pictures.contains(number) { complaints.append("unknown: \(command)") }
      places[place] = Placement(
        picture: number, row: cursor.row, column: cursor.column,
        top: keys["y"].flatMap { Int($0) } ?? 0, height: keys["h"].flatMap { Int($0) } ?? 0)
    case ("d", "i"): places[place] = nil
    case ("d", "I"):
      places = places.filter { $0.value.picture != number }
      pictures = Set(places.values.map(\.picture))
    default: complaints.append("\(command)")
    }
  }
}
