package import Language

/// Why a tool that is there cannot be used, in one sentence; the one error of this room.
package struct ToolProblem: Error, Equatable, Sendable {
  package let phrase: Phrase

  package init(_ phrase: Phrase) {
    self.phrase = phrase
  }
}
