/// How a terminal answers that it draws pixels.
///
/// The emulator itself has none: it drops what draws them, as it should, and says so.
package enum TerminalGraphics: Hashable, Sendable {
  /// By kitty's protocol; the window does not tell how large its cells are, but the answer does.
  case kitty
  /// By sixels, which are in the device attributes.
  case sixel

  /// The answers to what a program wrote, in the order of the questions; `others` are the emulator's.
  func answers(to output: ArraySlice<UInt8>, besides others: [UInt8]) -> [UInt8] {
    let text = String(decoding: output, as: UTF8.self)
    var answers = ""
    if self == .kitty, text.contains(",a=q,") { answers += "\u{1B}_Gi=31;OK\u{1B}\\" }
    if text.contains("\u{1B}[16t") { answers += "\u{1B}[6;20;10t" }
    guard self == .sixel, text.contains("\u{1B}[c") else { return Array(answers.utf8) + others }
    return Array((answers + "\u{1B}[?62;4;22c").utf8)
  }
}
