/// The letters that answer the question about a call, also as an input method for Chinese or Japanese gives
/// them.
package enum CallLetter: Sendable {
  case once, conversation, always, edit, no, reason

  /// Nothing at all is a no; nil for any other letter.
  package init?(_ letter: Character?) {
    switch letter?.lowercased() {
    case "y", "ｙ", "是", "对", "好", "は": self = .once
    case "c", "ｃ": self = .conversation
    case "a", "ａ": self = .always
    case "e", "ｅ": self = .edit
    case "n", "ｎ", "不", "否", "い", nil: self = .no
    case "r", "ｒ": self = .reason
    default: return nil
    }
  }
}
