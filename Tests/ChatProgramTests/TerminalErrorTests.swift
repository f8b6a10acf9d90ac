import ChatProgram
import Language
import Terminal
import Testing

@Suite struct TerminalErrorTests {
  @Test(arguments: [
    (TerminalError.notATerminal, "Iris needs a terminal. In a pipe, use: iris ask PROMPT"),
    (
      .terminalNotNamed,
      "TERM is not set, so the screen cannot be drawn. Set it, for example: TERM=xterm-256color"
    ),
    (
      .unknownTerminal("x"),
      "The terminal x is not known here. Try: TERM=xterm-256color iris"
    ),
    (
      .unusableTerminal("dumb"),
      "The terminal dumb cannot move the cursor. In scripts, use: iris ask PROMPT"
    ),
    (.noUTF8Locale, "No UTF-8 locale is installed. Install one, or set LC_ALL=C.UTF-8."),
    (
      .system(call: "pipe", errno: 24),
      "pipe failed (error 24). Close some programs, then try again."
    ),
    (
      .file(path: "/h", errno: 13),
      "/h cannot be read or written (error 13). Check its permissions."
    ),
    (
      .notARegularFile("/h"),
      "What you type is not kept: /h is no regular file. Remove it, then start again."
    ),
  ])
  func `Every fault of the terminal says what to do`(error: TerminalError, sentence: String) {
    #expect(error.phrase.text() == sentence)
  }
}
