import ArgumentParser
import ChatProgram
import Configuration

/// The whole store, read and compared.
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Read the whole store and say what is damaged, missing or left over.")

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    let calls = StoreCalls(try Start.installation(Invocation()))
    throw ExitCode(calls.check(asJSON: json).rawValue)
  }
}

/// What a damaged store still holds.
struct SalvageDamaged: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "salvage",
    abstract: "Save again what a damaged store holds; of all that were set aside without a file.")

  @Argument(help: "The damaged store's file.")
  var file: String?

  func run() throws {
    throw ExitCode(StoreCalls(try Start.installation(Invocation())).salvage(file).rawValue)
  }
}
