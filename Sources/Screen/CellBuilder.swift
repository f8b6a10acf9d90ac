/// Turns text into cells, sanitised: the only way from text to the screen.
///
/// One cell stands for one column, so a wide cell is followed by its trailing half and the count of
/// cells is the width. Tabs become blanks up to the next stop, counted from the builder's start.
/// Controls become U+FFFD, invisible format characters go, combining marks join the cell before
/// them (four at most), and a mark with nothing before it gets a dotted circle as its base.
struct CellBuilder {
  private(set) var cells: [Cell] = []
  private let rules: WidthRules

  init(rules: WidthRules, capacity: Int = 0) {
    self.rules = rules
    cells.reserveCapacity(capacity)
  }

  mutating func append(_ text: String, style: Style) {
    for scalar in text.unicodeScalars { append(scalar, style: style) }
  }

  mutating func append(_ scalar: Unicode.Scalar, style: Style) {
    if 0x20...0x7E ~= scalar.value {
      cells.append(Cell(scalar, style: style))
    } else {
      appendUncommon(scalar, style: style)
    }
  }

  private mutating func appendUncommon(_ scalar: Unicode.Scalar, style: Style) {
    switch Appearance(scalar) {
    case .narrow: cells.append(Cell(scalar, style: style))
    case .wide: appendWide(scalar, style: style)
    case .ambiguous where rules.ambiguousIsWide: appendWide(scalar, style: style)
    case .ambiguous: cells.append(Cell(scalar, style: style))
    case .zero: append(mark: scalar, style: style)
    case .dropped: break
    case .replaced where scalar == "\t": appendTab(style: style)
    case .replaced: appendUncommon("\u{FFFD}", style: style)
    }
  }

  private mutating func appendWide(_ scalar: Unicode.Scalar, style: Style) {
    cells.append(Cell(scalar, width: 2, style: style))
    cells.append(.trailing(style: style))
  }

  private mutating func append(mark: Unicode.Scalar, style: Style) {
    if cells.isEmpty { cells.append(Cell("\u{25CC}", style: style)) }
    let last = cells.count - 1
    cells[cells[last].width == 0 ? last - 1 : last].append(mark: mark)
  }

  private mutating func appendTab(style: Style) {
    let blanks = rules.tabWidth - cells.count % rules.tabWidth
    cells.append(contentsOf: repeatElement(Cell(" ", style: style), count: blanks))
  }
}
