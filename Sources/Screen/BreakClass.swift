/// How a character behaves at the edge of a row: the classes of Unicode line breaking (UAX #14).
///
/// Classes that never stand in a line are left out. OP is split by width (LB30) and QU by category
/// (LB15, LB19), and `initialHyphen` is the hyphen that begins a word (LB20a).
enum BreakClass: UInt8, CaseIterable, Sendable {
  case alphabetic
  case numeric
  case ideographic
  case space
  case opening
  case openingWide
  case closing
  case closingParenthesis
  case exclamation
  case infix
  case slash
  case nonstarter
  case breakAfter
  case breakBefore
  case hyphen
  case initialHyphen
  case dash
  case prefix
  case postfix
  case inseparable
  case glue
  case quote
  case openingQuote
  case closingQuote
  case regional
  case combining

  /// The class of a cell's base; a wide letter breaks like an ideograph (AI resolved to ID).
  init(_ cell: Cell) {
    let known = Self.table[cell.base] ?? (cell.width == 2 ? .ideographic : .alphabetic)
    self = known == .alphabetic && cell.width == 2 ? .ideographic : known
  }

  private static let table = ScalarTable<Self>(
    otherwise: .alphabetic,
    [
      (.space, "20"), (.hyphen, "2D"), (.slash, "2F"), (.dash, "2014 2E3A-2E3B"),
      (.regional, "1F1E6-1F1FF"),
      (.numeric, BreakRanges.numeric), (.ideographic, BreakRanges.ideographic),
      (.opening, BreakRanges.opening), (.openingWide, BreakRanges.openingWide),
      (.closing, BreakRanges.closing), (.closingParenthesis, BreakRanges.closingParenthesis),
      (.exclamation, BreakRanges.exclamation), (.infix, BreakRanges.infix),
      (.nonstarter, BreakRanges.nonstarter), (.breakAfter, BreakRanges.breakAfter),
      (.breakBefore, BreakRanges.breakBefore), (.prefix, BreakRanges.prefix),
      (.postfix, BreakRanges.postfix), (.inseparable, BreakRanges.inseparable),
      (.glue, BreakRanges.glue), (.quote, BreakRanges.quote),
      (.openingQuote, BreakRanges.openingQuote), (.closingQuote, BreakRanges.closingQuote),
      (.combining, BreakRanges.combining),
    ])
}
