/// Says where a row may end, character by character from the start of a line.
struct LineBreaker {
  /// The class of the last character that is no space; nil at the start of the line.
  private var left: BreakClass?
  private var followsSpace = false

  /// Whether a row may begin with this character; takes each character of a line in turn.
  mutating func allowsBreak(before next: BreakClass) -> Bool {
    if next == .alphabetic, left == .alphabetic, !followsSpace { return false }
    if next == .space {
      followsSpace = true
      return false
    }
    defer { followsSpace = false }
    guard let left else {
      self.left = role(of: next)
      return false
    }
    if next == .combining, !followsSpace { return false }  // LB9
    let right = role(of: next)
    let bond = Bond.between(left, right)
    let pairsFlag = left == .regional && right == .regional && !followsSpace
    self.left = pairsFlag ? .ideographic : right  // LB30a: the third begins a new flag
    return bond == .none || (bond == .adjacent && followsSpace)
  }

  /// The class that the next character takes on where it stands.
  private func role(of next: BreakClass) -> BreakClass {
    switch next {
    case .combining: .alphabetic  // LB10
    case .hyphen where followsSpace || left == nil || left == .initialHyphen: .initialHyphen
    case .openingQuote where !mayOpenQuote: .quote
    default: next
    }
  }

  /// Whether an opening quote here is one: in German „so“ the same character closes (LB15a).
  private var mayOpenQuote: Bool {
    if followsSpace { return true }
    return switch left {
    case nil, .opening, .openingWide, .quote, .openingQuote, .glue, .dash: true
    case .ideographic, .closing, .exclamation, .nonstarter: true
    default: false
    }
  }
}

extension [Cell] {
  /// The cells before which a row may begin, by the rules that ``Wrapping`` cuts words by.
  package var lineBreaks: [Int] {
    var breaker = LineBreaker()
    return indices.filter {
      self[$0].width > 0 && breaker.allowsBreak(before: BreakClass(self[$0]))
    }
  }
}
