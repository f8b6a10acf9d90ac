import ArgumentParser
import ChatProgram
import Configuration
import FoundationEssentials
import Language
import Secrets

/// What every call does first.
enum Start {
  /// The environment, as the program was started with it: each reading makes it anew.
  static let environment = ProcessInfo.processInfo.environment

  /// Makes known which keys the environment holds, before the first word is said.
  static func learnSecrets() {
    KnownSecrets.ofProcess.add(environment: environment)
  }

  /// The language of the locale, until a configuration says otherwise.
  static var language: Language { Language(environment: environment) }

  /// The language of the configuration, or of the locale where the configuration cannot be read: that
  /// is told by the calls that need it.
  static var configuredLanguage: Language {
    (try? Installation(Invocation(), environment: environment))?.language ?? language
  }

  /// Ends the program where it may open so few files that nothing would work.
  static func endTooFewFiles(_ count: Int) -> Never {
    StandardError.say(
      say("The limit of open files is \(count) here, which is too little. Raise it: ulimit -n 256"),
      in: language)
    StandardOutput.endProcess(ExitStatus.cannotWrite.rawValue)
  }

  /// Ends the program where it gets too few threads, for which it would wait without a word.
  static func endTooFewThreads() -> Never {
    StandardError.say(
      say(
        "The system starts too few threads for Iris here. Raise the limit of processes (ulimit -u), or of memory (ulimit -v)."
      ), in: language)
    StandardOutput.endProcess(ExitStatus.unavailable.rawValue)
  }

  /// Reads the environment and the configuration, makes the call, and ends with its exit status.
  static func run(
    _ invocation: Invocation = Invocation(), _ call: (Installation) -> ExitStatus
  ) throws {
    let installation: Installation
    do throws(ConfigurationError) {
      installation = try Installation(
        invocation, environment: environment)
    } catch {
      StandardError.say(error.phrase, in: language)
      throw ExitCode(ExitStatus.usage.rawValue)
    }
    let status = StandardOutput.settle(call(installation), in: installation.language)
    throw ExitCode(status.rawValue)
  }

  /// The text itself, or what the file behind an `@` holds.
  static func text(_ argument: String) throws -> String {
    guard argument.hasPrefix("@") else { return argument }
    do throws(ConfigurationError) {
      return try Configuration.text(at: String(argument.dropFirst()))
    } catch {
      StandardError.say(error.phrase, in: language)
      throw ExitCode(ExitStatus.missingInput.rawValue)
    }
  }
}
