import ArgumentParser
import ChatProgram
import Configuration
import Processes

/// Where the program begins.
@main
enum Program {
  static let version = ProgramVersion.current

  /// Says the version, or lets the command line decide.
  ///
  /// Scripts and packagers ask for the version by itself: the command line need not be built for
  /// that, which takes longer than all the rest.
  static func main() {
    MemoryArenas.useOne()
    CoreDumps.forbid()
    FileSizeLimit.failWrites()
    StandardOutput.secureDescriptors()
    guard CommandLine.argc != 2 || CommandLine.arguments[1] != "--version" else {
      StandardOutput.write(version + "\n")
      StandardOutput.endProcess(StandardOutput.settle(.done, in: Start.language).rawValue)
    }
    Start.learnSecrets()
    // Before anything of the program: its own decoder needs nothing of it.
    DecodingCall.take(CommandLine.arguments)
    if let count = OpenFileLimit.raise() { Start.endTooFewFiles(count) }
    if !ThreadLimit.isSufficient { Start.endTooFewThreads() }
    do {
      guard CommandLine.argc > 1 else { return try Chat.start(Invocation()) }
      var command = try Iris.named(in: CommandLine.arguments) ?? Iris.parseAsRoot()
      try command.run()
    } catch {
      StandardOutput.endProcess(status(after: error))
    }
  }

  /// Says what stopped the command line, or prints what it asked for (help, a script of
  /// completions); the exit status.
  ///
  /// The package's own `main()` prints without looking whether that went well, and gives a terminal
  /// what was typed as it is.
  private static func status(after error: any Error) -> Int32 {
    // A call's own end has nothing to say, and the package would build its help for that.
    if let ended = error as? ExitCode { return ended.rawValue }
    let code = Iris.exitCode(for: error)
    let text = Iris.fullMessage(for: error, columns: HelpPage.uncutColumns)
    guard !text.isEmpty else { return code.rawValue }
    let page = HelpPage(
      text, language: Start.configuredLanguage, columns: HelpPage.columns(Start.environment))
    guard code.isSuccess else {
      let told = page?.text ?? ParserMessage(language: Start.language).translated(text) + "\n"
      StandardError.sink.write(told)
      return code.rawValue
    }
    StandardOutput.write(page?.text ?? Iris.completed(text) + "\n")
    return StandardOutput.settle(.done, in: Start.language).rawValue
  }
}
