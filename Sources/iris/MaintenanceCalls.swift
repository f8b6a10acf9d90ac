import ArgumentParser
import ChatProgram

/// The whole store, read and compared.
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Read the whole store and say what is damaged, missing or left over.")

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    try Start.run { StoreCalls($0).check(asJSON: json) }
  }
}

/// What a damaged store still holds.
struct SalvageDamaged: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "salvage",
    abstract: "Save again what a damaged store holds; of all that were set aside without a file.")

  @Argument(help: "The damaged store's file.", completion: .file())
  var file: String?

  func run() throws {
    try Start.run { StoreCalls($0).salvage(file) }
  }
}
