import ChatEngine
import Language

/// How the program leaves the terminal, and what a user types where it could not.
extension UsagePage {
  var terminal: String {
    heading(say("The terminal is given back"))
      + text(
        say(
          "Line settings, screen, cursor, mouse, paste marks and title are as they were before Iris started:"
        )) + "\n\n"
      + table(
        [say("How Iris ends"), say("What is left"), say("What to type")],
        Self.endings.map { [text($0.ending), text($0.leaves), $0.remedy.map { "`\($0)`" } ?? ""] })
      + "\n"
      + text(
        say(
          "Where Enter does nothing any more, Ctrl-J ends the line. What was stored is back with `iris --continue`."
        )) + "\n"
  }

  /// An end of the program, what it leaves, and the command that puts it right.
  private struct Ending {
    var ending: Phrase
    var leaves: Phrase
    var remedy: String?

    init(_ ending: Phrase, leaves: Phrase, remedy: String? = nil) {
      self.ending = ending
      self.leaves = leaves
      self.remedy = remedy
    }
  }

  private static let endings = [
    Ending(say("`/quit`, SIGTERM, SIGHUP, SIGINT"), leaves: say("nothing")),
    Ending(
      say(
        "a fault, an exhausted stack or memory, or any signal that ends a program, such as SIGSEGV, SIGABRT, SIGQUIT, SIGPIPE, SIGUSR1, SIGALRM or SIGXCPU"
      ), leaves: say("nothing; a line says how to come back")),
    Ending(
      say("SIGKILL: `kill -9`, or the system short of memory; no program can answer it"),
      leaves: say("a raw line, the screen, mouse reports"), remedy: "reset"),
    Ending(
      say("a fault while an editor, a pager or a command of `/pipe!` has the terminal"),
      leaves: say("the line's settings are restored; the modes are that program's"),
      remedy: "reset"),
    Ending(
      say("SIGSTOP, which no program can answer either"),
      leaves: say("the modes, until the shell continues it"), remedy: "fg"),
    Ending(
      say("a connection that breaks off, as seen from the near side of ssh"),
      leaves: say("the modes of the far side"), remedy: "reset"),
  ]
}
