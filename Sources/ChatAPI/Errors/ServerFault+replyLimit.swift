/// What servers say of a limit of the reply's tokens that is more than they give.
extension ServerFault {
  private static let names = [
    "max_tokens", "max_completion_tokens", "max_output_tokens", "max_new_tokens", "output tokens",
    "completion tokens",
  ]

  /// Whether the words refuse the reply's limit of tokens, which is among the `settings` that were sent.
  func refusesReplyLimit(among settings: [String]) -> Bool {
    guard settings.contains(where: Self.names.contains) else { return false }
    let words = words
    let namesIt = Self.names.contains { words.contains($0) }
    let isTooHigh = [
      "too large", "too high", "cannot be greater", "cannot exceed", "must be less",
      "less than or equal",
      "fewer output tokens", "range of max_tokens", "supports at most",
      "exceeds the max", "exceeds maximum", "不能大于", "不能超过", "取值范围",
    ].contains { words.contains($0) }
    return namesIt && isTooHigh
  }

  /// The most tokens that the words say a reply may have; nil where they do not tell.
  ///
  /// vLLM ends with what it compared: "(4000 > 2048 - 5)". Else the limit is the next smaller number
  /// beside what was asked for, or a number alone that the words lead up to.
  var highestReplyLimit: Int? {
    let text = message?.lowercased() ?? ""
    let compared = text.firstRange(of: " > ").map { RefusalFigures(String(text[$0.upperBound...])) }
    if let room = compared?.counts, room.count > 1, room[0] > room[1] { return room[0] - room[1] }
    let figures = RefusalFigures(text.replacing("[", with: " ")).counts
    let falling = Set(figures).sorted(by: >)
    if falling.count > 1 { return falling[1] > 1 ? falling[1] : falling[0] }
    let leadsUp = ["at most", "range of", "less than", "cannot exceed", "不能超过"].contains {
      text.contains($0)
    }
    return leadsUp ? falling.first : nil
  }
}
