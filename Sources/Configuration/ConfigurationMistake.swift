package import Language

/// Something in `config.yaml` that Iris could not use, and left out.
package struct ConfigurationMistake: Equatable, Sendable {
  /// From 1.
  package let line: Int
  /// From 1, in Unicode scalars.
  package let column: Int
  /// What is wrong, and what was expected; never holds a key.
  package let problem: Phrase

  package init(line: Int, column: Int, problem: Phrase) {
    self.line = line
    self.column = column
    self.problem = problem
  }

  package var phrase: Phrase { say("line \(line), column \(column): \(problem)") }
}
