/// How firmly two neighbouring characters hold together at the edge of a row.
enum Bond: UInt8, Sendable {
  /// A row may end between them.
  case none
  /// They stay together unless spaces stand between them.
  case adjacent
  /// They stay together even across spaces.
  case acrossSpaces

  /// The bond of two classes: the pair rules of UAX #14 in the order of their numbers.
  ///
  /// Two tailorings for a terminal, where paths and options are text: `/` and `.` after a space may
  /// begin a row (LB13 and LB15d would hold them back), and a break after `/` is left to
  /// `RowCutter`'s second choice.
  static func between(_ left: BreakClass, _ right: BreakClass) -> Self {
    table[Int(left.rawValue) * BreakClass.allCases.count + Int(right.rawValue)]
  }

  private static let table = BreakClass.allCases.flatMap { left in
    BreakClass.allCases.map { right in
      if holdsAcrossSpaces(left, right) { return Self.acrossSpaces }
      return holdsAdjacent(left, right) ? .adjacent : .none
    }
  }

  private static func holdsAcrossSpaces(_ left: BreakClass, _ right: BreakClass) -> Bool {
    switch (left, right) {
    case (_, .closing), (_, .closingParenthesis), (_, .exclamation): true  // LB13
    case (.opening, _), (.openingWide, _): true  // LB14
    case (.openingQuote, _): true  // LB15a
    case (.closing, .nonstarter), (.closingParenthesis, .nonstarter): true  // LB16
    case (.dash, .dash): true  // LB17
    default: false
    }
  }

  private static func holdsAdjacent(_ left: BreakClass, _ right: BreakClass) -> Bool {
    switch (left, right) {
    case (.glue, _): true  // LB12
    case (.breakAfter, .glue), (.hyphen, .glue): false  // LB12a
    case (_, .glue), (_, .slash), (_, .infix): true  // LB12a, LB13, LB15d
    case (_, .closingQuote), (_, .quote), (.quote, _): true  // LB15b, LB19
    case (_, .openingQuote): !mayBeEastAsian(left)  // LB19a
    case (.closingQuote, _): !mayBeEastAsian(right)  // LB19a
    case (.initialHyphen, .alphabetic), (.initialHyphen, .numeric): true  // LB20a, LB25
    case (_, .breakAfter), (_, .hyphen), (_, .initialHyphen), (_, .nonstarter): true  // LB21
    case (.breakBefore, _), (_, .inseparable): true  // LB21, LB22
    default: holdsInWord(left, right)
    }
  }

  /// Letters, digits and what belongs to a number: LB23 to LB30.
  private static func holdsInWord(_ left: BreakClass, _ right: BreakClass) -> Bool {
    switch (left, right) {
    case (.alphabetic, .numeric), (.numeric, .alphabetic): true  // LB23
    case (.prefix, .ideographic), (.ideographic, .postfix): true  // LB23a
    case (.prefix, .alphabetic), (.postfix, .alphabetic): true  // LB24
    case (.alphabetic, .prefix), (.alphabetic, .postfix): true  // LB24
    case (.closing, .prefix), (.closing, .postfix), (.numeric, .prefix): true  // LB25
    case (.closingParenthesis, .prefix), (.closingParenthesis, .postfix): true  // LB25
    case (.numeric, .postfix), (.prefix, .opening), (.postfix, .opening): true  // LB25
    case (.prefix, .numeric), (.postfix, .numeric), (.hyphen, .numeric): true  // LB25
    case (.infix, .numeric), (.slash, .numeric), (.numeric, .numeric): true  // LB25
    case (.alphabetic, .alphabetic), (.infix, .alphabetic), (.slash, .alphabetic): true  // LB28, 29
    case (.alphabetic, .opening), (.numeric, .opening): true  // LB30
    case (.closingParenthesis, .alphabetic), (.closingParenthesis, .numeric): true  // LB30
    case (.regional, .regional): true  // LB30a
    default: false
    }
  }

  /// Whether a class holds East Asian characters that stand beside “curly quotes” without a space.
  private static func mayBeEastAsian(_ side: BreakClass) -> Bool {
    switch side {
    case .ideographic, .openingWide, .closing, .exclamation, .nonstarter: true
    default: false
    }
  }
}
