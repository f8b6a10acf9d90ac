/// The letters with which the demo writes on its pictures: three columns and five rows each, capitals
/// alone.
///
/// A character that it does not have is written as the four digits of its code, two above two.
enum DemoFont {
  static let columns = 3
  static let rows = 5

  /// A cell of a text: signs with their place in it, in the font's own pixels.
  struct Cell {
    var signs: [(bits: Int, column: Int, row: Int)]
    /// The columns that it takes, the gap behind it included.
    var advance: Int
  }

  static func cell(of character: Character) -> Cell {
    if let bits = bits(of: character) { return Cell(signs: [(bits, 0, 0)], advance: columns + 1) }
    let code = String(character.unicodeScalars.first?.value ?? 0, radix: 16, uppercase: true)
    let digits = (String(repeating: "0", count: max(0, 4 - code.count)) + code).suffix(4)
    let signs = digits.enumerated().map { index, digit in
      (bits(of: digit) ?? 0, index % 2 * (columns + 1), index / 2 * (rows + 1))
    }
    return Cell(signs: signs, advance: 2 * (columns + 1) + 1)
  }

  private static func bits(of character: Character) -> Int? {
    signs[Character(character.uppercased())]
  }

  /// Fifteen bits a sign, its rows from the top, each with its left column first.
  private static let signs: [Character: Int] = [
    " ": 0, "A": 0o25755, "B": 0o65656, "C": 0o34443, "D": 0o65556, "E": 0o74647, "F": 0o74644,
    "G": 0o34553, "H": 0o55755, "I": 0o72227, "J": 0o11152, "K": 0o55655, "L": 0o44447,
    "M": 0o57755, "N": 0o65555, "O": 0o25552, "P": 0o65644, "Q": 0o25563, "R": 0o65655,
    "S": 0o34216, "T": 0o72222, "U": 0o55557, "V": 0o55552, "W": 0o55775, "X": 0o55255,
    "Y": 0o55222, "Z": 0o71247, "0": 0o75557, "1": 0o26227, "2": 0o71747, "3": 0o71317,
    "4": 0o55711, "5": 0o74717, "6": 0o74757, "7": 0o71222, "8": 0o75757, "9": 0o75717,
    ".": 0o00002, ",": 0o00024, ":": 0o02020, "-": 0o00700, "!": 0o22202, "?": 0o71202,
    "'": 0o22000, "\"": 0o55000, "(": 0o24442, ")": 0o21112, "/": 0o11244, "×": 0o05250,
    "+": 0o02720, "=": 0o07070, "#": 0o57575,
  ]
}
