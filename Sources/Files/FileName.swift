/// Names that files can have in the folders of common file systems.
package enum FileName {
  /// The most bytes of a name (limits.h, `NAME_MAX`); a letter of most scripts takes two or three.
  package static let byteLimit = 255

  /// A name cut between its characters to at most `count` bytes; an ending of at most 16 bytes stays.
  ///
  /// - Complexity: linear in the bytes of the name.
  package static func shortened(_ name: String, to count: Int = byteLimit) -> String {
    guard name.utf8.count > count else { return name }
    let ending = ending(of: name)
    let stem = name.dropLast(ending.count)
    let room = count - ending.utf8.count
    return room > 0 ? stem.prefix(bytes: room) + ending : name.prefix(bytes: count)
  }

  /// A name with a number before its ending, as `a-2.png`: still of at most 255 bytes.
  package static func numbered(_ name: String, _ number: Int) -> String {
    let ending = ending(of: name)
    let addition = "-\(number)" + ending
    let stem = name.dropLast(ending.count)
    return shortened(String(stem), to: byteLimit - addition.utf8.count) + addition
  }

  /// The last dot and what stands behind it; nothing for a name that begins with its only dot.
  private static func ending(of name: String) -> Substring {
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex, name[dot...].utf8.count <= 16
    else { return "" }
    return name[dot...]
  }
}

extension StringProtocol {
  /// The characters that fit into so many bytes; of a first one that does not, the scalars that do.
  fileprivate func prefix(bytes limit: Int) -> String {
    var (kept, count) = ("", 0)
    for character in self {
      count += character.utf8.count
      guard count <= limit else { break }
      kept.append(character)
    }
    guard kept.isEmpty else { return kept }
    count = 0
    for scalar in unicodeScalars {
      count += UTF8.width(scalar)
      guard count <= limit else { break }
      kept.unicodeScalars.append(scalar)
    }
    return kept
  }
}
