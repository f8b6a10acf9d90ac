extension Int {
  /// A number that was typed, with which arithmetic is safe; nil for what is none, and for one beyond a
  /// thousand million.
  init?(typed text: some StringProtocol) {
    guard let number = Int(text), (-1_000_000_000...1_000_000_000).contains(number) else {
      return nil
    }
    self = number
  }
}
