import ArgumentParser
import ChatProgram
import Configuration
import FoundationEssentials
import Language

/// What every call does first.
enum Start {
  /// Reads the environment and the configuration, or says why not and ends the program.
  static func installation(_ invocation: Invocation) throws -> Installation {
    do {
      return try Installation(invocation, environment: ProcessInfo.processInfo.environment)
    } catch {
      StandardError.say(error.phrase, in: .english)
      throw ExitCode(ExitStatus.usage.rawValue)
    }
  }

  /// The text itself, or what the file behind an `@` holds.
  static func text(_ argument: String) throws -> String {
    guard argument.hasPrefix("@") else { return argument }
    let path = String(argument.dropFirst())
    guard let data = FileManager.default.contents(atPath: path) else {
      throw ValidationError("There is no file \(path) to read.")
    }
    return String(decoding: data, as: UTF8.self)
  }
}
