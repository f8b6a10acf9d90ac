import ArgumentParser
import ChatProgram

/// Where the program begins.
@main
enum Program {
  static let version = "0.1.0"

  /// Says the version, or lets the command line decide.
  ///
  /// Scripts and packagers ask for the version by itself: the command line need not be built for
  /// that, which takes longer than all the rest.
  static func main() {
    guard CommandLine.argc != 2 || CommandLine.arguments[1] != "--version" else {
      StandardOutput.write(version + "\n")
      return
    }
    // Before anything of the program: its own decoder needs nothing of it.
    if CommandLine.argc > 1, CommandLine.arguments[1] == DecodingCall.name {
      DecodingCall.run(CommandLine.arguments)
    }
    Iris.main()
  }
}
