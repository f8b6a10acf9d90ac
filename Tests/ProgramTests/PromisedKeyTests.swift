import DemoServer
import Foundation
import TerminalEmulator
import Testing

/// Every key that a sentence on the screen names is pressed where the sentence stands, in readline's
/// Emacs mode and in its vi mode, and does what the sentence says.
@Suite(.seated) struct PromisedKeyTests {
  @Test(arguments: [true, false])
  func `On an empty screen`(isVi: Bool) async throws {
    try await withServer { (home, _) async throws in
      let user = try PromisingProgram(home, isVi: isVi, "-m", "demo")
      try user.promises("? keys, /help commands, Tab completes, Ctrl-X v selects text", press: "?")
      try user.promises("Space and b move, / filters, Esc closes", press: "Esc")
      try user.isBack()
      try user.press("Ctrl-X v")
      try user.program.waits(for: "There is nothing to select yet.")
      try user.type("/hel")
      try user.press("Tab")
      try user.program.waits(for: "user ▸ /help")
      try user.press("Ctrl-C")
      try user.program.waits(untilGone: "user ▸ /help")
      try user.promises("Type a message and press Enter. Alt-Enter starts a new line.")
      try user.type("one")
      try user.press("Alt-Enter")
      try user.type("two")
      try user.press("Enter")
      try user.program.waits(for: "         two", within: .slow)
    }
  }

  @Test(arguments: [true, false])
  func `Where nothing is left to do but to quit`(isVi: Bool) throws {
    let user = try PromisingProgram(Home(), isVi: isVi, "-m", "demo")
    try user.press("Ctrl-C")
    try user.promises("Ctrl-C again quits.", press: "Ctrl-C")
    #expect(try user.program.waitsForExit(within: .slow) == .status(0))
  }

  @Test(arguments: [true, false])
  func `While a reply comes`(isVi: Bool) async throws {
    try await withServer(pace: .milliseconds(10)) { (home, log) async throws in
      let user = try PromisingProgram(home, isVi: isVi, "-m", "demo")
      try user.enter("count 100000")
      try user.promises("streaming %@ tok/s, %@ s, Esc stops", press: "Esc")
      try user.program.waits(for: "Stopped.", within: .slow)
      try user.enter("count 100000")
      try user.promises("streaming %@ tok/s, %@ s, Esc stops")
      try user.enter("/retry")
      try user.promises("A reply is still coming: Esc stops it.", press: "Esc")
      try user.waitsForReply()
      try user.press("Ctrl-C")
      try user.enter("count 100000")
      try user.promises("streaming %@ tok/s, %@ s, Esc stops")
      try user.enter("More")
      try user.promises(
        "A reply is still coming: Esc stops it, then Enter sends this.", press: "Esc")
      // At once, Esc and Enter would be Alt-Enter.
      try user.waitsForReply()
      try user.press("Enter")
      try user.program.waits(for: "user: More", within: .slow)
      #expect(try log.sent().last?.messages.last?.texts == ["More"])
      try user.press("Esc")
    }
  }

  @Test(arguments: [true, false])
  func `While a request is tried again`(isVi: Bool) async throws {
    try await withServer { (home, _) async throws in
      let user = try PromisingProgram(home, isVi: isVi, "-m", "demo-error-503")
      try user.enter("Hello")
      try user.promises("trying again in %@ s, Esc stops", press: "Esc")
      try user.program.waits(for: "Stopped before any text came.", within: .slow)
    }
  }

  @Test(arguments: [true, false])
  func `Beside reasoning`(isVi: Bool) async throws {
    try await withServer { (home, _) async throws in
      // So many rows that the end of the reply leaves the reasoning on the screen.
      let user = try PromisingProgram(home, isVi: isVi, "-m", "demo-think", rows: 100)
      try user.enter("Hello")
      try user.promises("reasoning, %@, Ctrl-X r shows it", press: "Ctrl-X r")
      try user.promises("reasoning, %@, Ctrl-X r hides it", press: "Ctrl-X r")
      try user.program.waits(for: "Ctrl-X r shows it", within: .slow)
    }
  }

  @Test(arguments: [true, false])
  func `Beside variants and an older message`(isVi: Bool) async throws {
    try await withServer { (home, _) async throws in
      let user = try PromisingProgram(home, isVi: isVi, "-m", "demo", columns: 130, rows: 16)
      try user.enter("Hello")
      try user.program.waits(for: "1. user: Hello", within: .slow)
      try user.waitsForReply()
      try user.enter("/retry")
      try user.program.waits(for: "‹2/2›", within: .slow)
      try user.waitsForReply()
      try user.promises("‹%@/%@› Alt-Left, Alt-Right", press: "Alt-Left")
      try user.program.waits(for: "‹1/2›", within: .slow)
      try user.promises("‹%@/%@› Alt-Left, Alt-Right", press: "Alt-Right")
      try user.program.waits(for: "‹2/2›", within: .slow)
      try user.enter("/undo")
      try user.promises("Taken back. Alt-Left shows it again, as a variant.", press: "Alt-Left")
      try user.program.waits(for: "1. user: Hello", within: .slow)
      try user.press("Ctrl-C")
      try user.program.waits(untilGone: "▸ Hello")
      try user.enter("count 200")
      try user.program.waits(for: " 199 200", within: .slow)
      try user.waitsForReply()
      user.program.press(.pageUp)
      try user.promises(
        "message %@ of %@, more below, Ctrl-End goes there", press: "Ctrl-End")
      try user.program.waits(untilGone: "more below")
    }
  }

  @Test(arguments: [true, false])
  func `While a picture is drawn, and where one is marked`(isVi: Bool) async throws {
    try await withServer(pace: .milliseconds(10)) { (home, _) async throws in
      let user = try PromisingProgram(home, isVi: isVi, "-m", "demo")
      try user.enter("/draw --model demo-image --size 816x816 slow cat")
      try user.promises("drawing %@ s, Esc stops", press: "Esc")
      try user.program.waits(for: "Stopped. It may be charged all the same", within: .slow)
      try user.enter("/draw --model demo-dall-e --size 1024x1024 a cat")
      try user.promises("revised prompt, %@, Ctrl-X r shows it", press: "Ctrl-X r")
      try user.promises("revised prompt, %@, Ctrl-X r hides it", press: "Ctrl-X r")
      try user.waitsForReply()
      try user.enter("/mask")
      try user.program.waits(for: "0 % is marked", within: .slow)
      try user.press("Enter")
      try user.promises("Nothing is marked yet: Space marks.", press: "Space")
      try user.promises(
        "Space marks, b boxes, + - grow, i inverts, u undoes, Enter takes it", press: "Space")
      try user.program.waits(for: "0 % is marked", within: .slow)
      try user.promises("%@ is marked, Esc leaves", press: "Esc")
      try user.program.waits(untilGone: "is marked")
    }
  }

  @Test(arguments: [true, false])
  func `While a server is asked about its files`(isVi: Bool) async throws {
    let (server, end) = try LiteralServer.silent()
    defer { end() }
    let user = try PromisingProgram(Home(), isVi: isVi, "-m", "demo", "--base-url", server.baseURL)
    try user.enter("/files")
    try user.promises("%@ is asked for its files… Esc stops.", press: "Esc")
    try user.program.waits(for: "is asked no more.", within: .slow)
    try user.enter("/files rm a.pdf")
    try user.promises("%@ is asked to remove %@… Esc stops.", press: "Esc")
    try user.program.waits(for: "is asked no more.", within: .slow)
    try user.enter("/library")
    try user.promises("%@ is asked for its libraries… Esc stops.", press: "Esc")
    try user.program.waits(for: "is asked no more.", within: .slow)
  }

  @Test(arguments: [true, false])
  func `Beside pictures of one turn`(isVi: Bool) async throws {
    try await withServer { (home, _) async throws in
      let user = try PromisingProgram(home, isVi: isVi, "-m", "demo")
      try user.enter("/draw --model demo-image --size 816x816 a cat")
      try user.program.waits(for: "1 a cat 816×816", within: .slow)
      try user.waitsForReply()
      try user.enter("/redraw")
      try user.program.waits(for: "‹2/2›", within: .slow)
      try user.waitsForReply()
      try user.promises(
        "‹%@/%@› goes with the next message; Alt-Left, Alt-Right", press: "Alt-Right", "Alt-Left",
        "Alt-Left")
      try user.program.waits(for: "‹1/2›", within: .slow)
    }
  }

  @Test(arguments: [true, false])
  func `While a voice speaks, and while one is recorded`(isVi: Bool) async throws {
    try await withServer { (home, log) async throws in
      try FileManager.default.createDirectory(
        atPath: home.path + "/config/iris", withIntermediateDirectories: true)
      let settings = """
        speech_model: demo-voice
        transcription_model: demo-ear
        player: cat > /dev/null; sleep 100
        recorder: cat talk.wav; sleep 100

        """
      try home.write(Array(settings.utf8), to: "config/iris/config.yaml")
      try home.write(Samples.wave(seconds: 1.5), to: "talk.wav")
      let user = try PromisingProgram(home, isVi: isVi, "-m", "demo")
      try user.enter("Hello")
      try user.waitsForReply(endingWith: "No parameters were set.")
      try user.enter("/speak")
      try user.promises("speaking, Esc stops", press: "Esc")
      try user.program.waits(untilGone: "speaking, Esc stops")
      let asked = try log.sent().count
      try user.enter("/listen")
      try user.promises("recording %@ s %@ Enter ends, Esc drops", press: "Esc")
      try user.program.waits(for: "The recording was thrown away.")
      try user.enter("/listen")
      try user.promises("recording %@ s %@ Enter ends, Esc drops", press: "Enter")
      try user.program.waits(for: "user ▸ I heard", within: .slow)
      #expect(try log.sent().count == asked)
    }
  }

  @Test(arguments: [true, false])
  func `In what is searched and selected`(isVi: Bool) async throws {
    try await withServer { (home, _) async throws in
      let user = try PromisingProgram(home, isVi: isVi, "-m", "demo")
      try user.enter("needle and needle")
      try user.waitsForReply(endingWith: "No parameters were set.")
      try user.enter("/find needle")
      try user.promises(
        "Match %@ of %@. Ctrl-X n and Ctrl-X N move, Esc leaves.", press: "Ctrl-X n", "Ctrl-X N")
      try user.promises("Match %@ of %@. Ctrl-X n and Ctrl-X N move, Esc leaves.", press: "Esc")
      try user.program.waits(untilGone: "Match ")
      try user.press("Ctrl-X v")
      try user.promises(
        "Space marks, Enter copies the line, ? shows the keys, Esc leaves", press: "?")
      try user.promises(
        "h j k l, w b, { }, 0 $, g G move; Space marks, V lines, p the paragraph, c the code, m the message; o goes to the other end; y copies, q leaves.",
        press: "h", "j", "k", "l", "w", "b", "{", "}", "0", "$", "g", "G", "Space", "o", "V", "Esc")
      try user.isBack()
      try user.press("Ctrl-X v")
      try user.promises(
        "Space marks, Enter copies the line, ? shows the keys, Esc leaves", press: "Space")
      try user.promises("Enter copies, Space unmarks, Esc leaves", press: "Space", "Space", "Enter")
      try user.isBack()
      try user.press("Ctrl-X v")
      try user.promises(
        "Space marks, Enter copies the line, ? shows the keys, Esc leaves", press: "Space")
      try user.promises("Enter copies, Space unmarks, Esc leaves", press: "Esc")
      try user.isBack()
      for key in ["p", "m", "c", "y"] {
        try user.press("Ctrl-X v")
        try user.promises("Space marks, Enter copies the line, ? shows the keys, Esc leaves")
        try user.press(key)
        if key != "y" { try user.press("q") }
        try user.isBack()
      }
      try user.press("Ctrl-X v")
      try user.promises(
        "Space marks, Enter copies the line, ? shows the keys, Esc leaves", press: "Enter")
      try user.isBack()
      try user.press("Ctrl-X v")
      try user.promises(
        "Space marks, Enter copies the line, ? shows the keys, Esc leaves", press: "Esc")
      try user.isBack()
    }
  }

  @Test(arguments: [true, false])
  func `In lists, pages and questions`(isVi: Bool) async throws {
    try await withServer { (home, _) async throws in
      let user = try PromisingProgram(home, isVi: isVi, "-m", "demo")
      try user.enter("/models")
      try user.promises("Enter chooses, Esc leaves", press: "Esc")
      try user.isBack()
      try user.enter("/models")
      try user.promises("Enter chooses, Esc leaves", press: "Enter")
      try user.isBack()
      try user.enter("/help")
      try user.promises("Space and b move, / filters, Esc closes", press: "Space", "b", "/")
      try user.type("temp")
      try user.promises("Enter goes to what fits, Esc closes", press: "Enter")
      try user.program.waits(for: "/temperature")
      try user.press("/")
      try user.promises("Enter goes to what fits, Esc closes", press: "Esc")
      try user.isBack()
      try user.enter("/help")
      try user.promises("Space and b move, / filters, Esc closes", press: "Esc")
      try user.isBack()
      try user.type("/")
      try user.press("Tab")
      try user.promises("%@–%@ of %@, Tab shows more", press: "Tab")
      try user.program.waits(untilGone: "1–")
      try user.press("Ctrl-C")
    }
  }

  @Test(arguments: [true, false])
  func `Where a role, the instructions or an older message is written`(isVi: Bool) async throws {
    try await withServer { (home, log) async throws in
      let user = try PromisingProgram(home, isVi: isVi, "-m", "demo")
      try user.enter("First")
      try user.waitsForReply(endingWith: "No parameters were set.")
      try user.enter("/edit")
      try user.promises(
        "Message %@ is written anew: Enter makes a branch, Esc leaves it.", press: "Esc")
      try user.program.waits(untilGone: "is written anew")
      try user.enter("/edit")
      try user.promises("Message %@ is written anew: Enter makes a branch, Esc leaves it.")
      try user.type("!")
      try user.press("Enter")
      try user.program.waits(for: "user: First!", within: .slow)
      try user.waitsForReply(endingWith: "No parameters were set.")
      try user.enter("/role system")
      try user.promises("Enter adds instructions to the history; /role user goes back.")
      try user.enter("Be brief")
      try user.program.waits(for: "system")
      try user.enter("/role assistant")
      try user.promises(
        "Enter adds an answer as if the model had given it; /role user goes back.")
      try user.enter("Yes")
      try user.enter("/role user")
      try user.promises("Enter sends what you write, and asks for a reply.")
      try user.enter("Last")
      try user.program.waits(for: "user: Last", within: .slow)
      #expect(
        try log.sent().last?.messages.suffix(3).map(\.texts) == [["Be brief"], ["Yes"], ["Last"]])
      try user.enter("/system Old words")
      try user.program.waits(untilGone: "▸ /system")
      try user.enter("/system -")
      try user.promises("The system message is removed; Up brings it back.", press: "Up")
      try user.program.waits(for: "/system Old words")
    }
  }

  @Test(arguments: [true, false])
  func `Where something is held back or refused`(isVi: Bool) async throws {
    try await withServer { (home, log) async throws in
      let user = try PromisingProgram(home, isVi: isVi, "-m", "demo")
      try user.press("Enter")
      try user.enter("/send")
      try user.promises("There is nothing to send yet. Type a message and press Enter.")
      try user.enter("/retry")
      try user.promises("There is no reply to ask for again. Type a message and press Enter.")
      let key = "sk-proj-0123456789abcdefghij"
      try user.enter(key)
      try user.promises(
        "That looks like a key, and was not sent. /key asks for one; Enter again sends it.")
      #expect(log.requests.isEmpty)
      try user.press("Enter")
      try user.program.waits(for: "tok", within: .slow)
      try user.press("Ctrl-X m")
      try user.promises("The mouse selects text now; Ctrl-X m takes it back.", press: "Ctrl-X m")
      try user.program.waits(for: "The wheel moves the transcript again.")
      try user.enter("/pipe sleep 100")
      try user.promises("command %@ s, Esc stops")
      try user.enter("/pipe cat")
      try user.promises("%@ is still running. Esc stops it.", press: "Esc")
      try user.program.waits(for: "was stopped before its end.", within: .slow)
      try user.press("Ctrl-C")
      try user.program.waits(untilGone: "/pipe cat")
      try user.enter("/pipe sleep 100")
      try user.promises("command %@ s, Esc stops", press: "Esc")
      try user.program.waits(for: "was stopped before its end.", within: .slow)
    }
  }

  @Test(arguments: [true, false])
  func `Beside calls of tools`(isVi: Bool) async throws {
    try await withServer { (home, _) async throws in
      let folder = "config/iris/tools"
      try FileManager.default.createDirectory(
        atPath: home.path + "/" + folder, withIntermediateDirectories: true)
      try home.write(executable: "#!/bin/sh\nsleep 100\n", to: folder + "/weather")
      let description = """
        description: The weather of a city.
        parameters: {type: object, properties: {city: {type: string}}, required: [city]}
        """
      try home.write(Array(description.utf8), to: folder + "/weather.yaml")
      let user = try PromisingProgram(home, isVi: isVi, "-m", "demo", "--tool", "weather")
      try user.enter("What is the weather in Oslo?")
      try user.promises(
        "y once, c in this conversation, a always, e edits, n no, r no with a reason, Esc stops all",
        answer: "e", until: "Enter makes the call with these arguments, Esc goes back.")
      try user.promises(
        "Enter makes the call with these arguments, Esc goes back.", press: "Esc")
      try user.promises(
        PromisingProgram.callQuestion, answer: "r",
        until: "Why not? Enter tells it to the model, Esc goes back.")
      try user.promises("Why not? Enter tells it to the model, Esc goes back.", press: "Esc")
      try user.promises(PromisingProgram.callQuestion, answer: "y", until: "weather runs, ")
      try user.promises("%@ runs, %@ s, Esc stops", press: "Esc")
      try user.program.waits(untilGone: "Esc stops", within: .slow)
      for key in ["n", "Esc", "c", "a"] {
        // The demo asks for a call where there is no result yet.
        try user.enter("/new")
        try user.program.waits(untilGone: "Oslo")
        try user.enter("What is the weather in Oslo?")
        if key == "Esc" {
          try user.promises(
            "y once, c in this conversation, a always, e edits, n no, r no with a reason, Esc stops all",
            press: "Esc")
        } else {
          try user.promises(PromisingProgram.callQuestion)
          try user.answers(with: key, untilGone: "y once, c in")
          if key == "a" {
            try user.promises(
              "a writes the rule “%@” for good, any other key goes back.", answer: "a",
              until: "weather runs, ")
          }
        }
        try user.program.waits(untilGone: "y once, c in", within: .slow)
        if ["c", "a"].contains(key) { try user.promises("%@ runs, %@ s, Esc stops", press: "Esc") }
        try user.program.waits(untilGone: "Esc stops", within: .slow)
      }
    }
  }
}
