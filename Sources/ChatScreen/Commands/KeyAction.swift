import ChatEngine
package import Language

/// Something that a key does beside editing, as a named readline function that `~/.inputrc` can
/// bind to other keys under `$if iris`.
package enum KeyAction: String, CaseIterable, Sendable {
  case cancel = "iris-cancel"
  case interrupt = "iris-interrupt"
  case endOfInput = "iris-quit-or-delete"
  case newline = "iris-newline"
  case editor = "iris-edit-in-editor"
  case redraw = "iris-redraw"
  case suspend = "iris-suspend"
  case accept = "iris-accept"
  case help = "iris-help"
  case up = "iris-up"
  case down = "iris-down"
  case pageUp = "iris-page-up"
  case pageDown = "iris-page-down"
  case lineUp = "iris-line-up"
  case lineDown = "iris-line-down"
  case wheelUp = "iris-wheel-up"
  case wheelDown = "iris-wheel-down"
  case messageUp = "iris-message-up"
  case messageDown = "iris-message-down"
  case top = "iris-transcript-start"
  case bottom = "iris-transcript-end"
  case home = "iris-home"
  case end = "iris-end"
  case previousVariant = "iris-previous-variant"
  case nextVariant = "iris-next-variant"
  case findNext = "iris-next-match"
  case findPrevious = "iris-previous-match"
  case copyReply = "iris-copy-reply"
  case foldReasoning = "iris-fold-reasoning"
  case foldCalls = "iris-fold-calls"
  case previews = "iris-preview"
  case mouse = "iris-mouse"
  case raw = "iris-raw"
  case select = "iris-select"
  case left = "iris-left"
  case right = "iris-right"
  case wordLeft = "iris-word-left"
  case wordRight = "iris-word-right"
  case offer1 = "iris-offer-1"
  case offer2 = "iris-offer-2"
  case offer3 = "iris-offer-3"

  /// Readline's notation of the keys that do this unless `~/.inputrc` says otherwise
  /// (readline 8.2 §1.3.1); sequences as xterm and its kin send them.
  package var sequences: [String] {
    switch self {
    case .cancel: [#"\e"#]
    case .interrupt: [#"\C-c"#]
    case .endOfInput: [#"\C-d"#]
    case .newline: [#"\e\C-m"#, #"\C-j"#]
    case .editor: [#"\C-x\C-e"#]
    case .redraw: [#"\C-l"#]
    case .suspend: [#"\C-z"#]
    case .accept: [#"\C-m"#]
    case .help: ["?"]
    case .up: [#"\e[A"#, #"\eOA"#, #"\C-p"#]
    case .down: [#"\e[B"#, #"\eOB"#, #"\C-n"#]
    case .pageUp: [#"\e[5~"#]
    case .pageDown: [#"\e[6~"#]
    case .lineUp: [#"\e[1;2A"#]
    case .lineDown: [#"\e[1;2B"#]
    case .wheelUp: [#"\e[<64M"#]
    case .wheelDown: [#"\e[<65M"#]
    case .messageUp: [#"\e[1;5A"#, #"\e[5;5~"#]
    case .messageDown: [#"\e[1;5B"#, #"\e[6;5~"#]
    case .top: [#"\e[1;5H"#]
    case .bottom: [#"\e[1;5F"#]
    case .home: [#"\e[H"#, #"\eOH"#, #"\e[1~"#, #"\e[7~"#]
    case .end: [#"\e[F"#, #"\eOF"#, #"\e[4~"#, #"\e[8~"#]
    case .previousVariant: [#"\e[1;3D"#]
    case .nextVariant: [#"\e[1;3C"#]
    case .findNext: [#"\C-xn"#]
    case .findPrevious: [#"\C-xN"#]
    case .copyReply: [#"\C-xy"#]
    case .foldReasoning: [#"\C-xr"#]
    case .foldCalls: [#"\C-xt"#]
    case .previews: [#"\C-xp"#]
    case .mouse: [#"\C-xm"#]
    case .raw: [#"\C-xs"#]
    case .select: [#"\C-xv"#]
    case .left: [#"\e[D"#, #"\eOD"#, #"\C-b"#]
    case .right: [#"\e[C"#, #"\eOC"#, #"\C-f"#]
    case .wordLeft: [#"\e[1;5D"#, #"\eb"#]
    case .wordRight: [#"\e[1;5C"#, #"\ef"#]
    case .offer1: [#"\C-x1"#]
    case .offer2: [#"\C-x2"#]
    case .offer3: [#"\C-x3"#]
    }
  }

  /// The key as people name it, for help; nil where the action is not listed on its own.
  package var keyName: String? {
    switch self {
    case .cancel: "Esc"
    case .interrupt: "Ctrl-C"
    case .endOfInput: "Ctrl-D"
    case .newline: "Alt-Enter, Ctrl-J"
    case .editor: "Ctrl-X Ctrl-E"
    case .redraw: "Ctrl-L"
    case .suspend: "Ctrl-Z"
    case .accept: nil
    case .help: "?"
    case .up, .down: nil
    case .pageUp: "PageUp"
    case .pageDown: "PageDown"
    case .lineUp: "Shift-Up"
    case .lineDown: "Shift-Down"
    case .wheelUp, .wheelDown: nil
    case .messageUp: "Ctrl-Up"
    case .messageDown: "Ctrl-Down"
    case .top: "Ctrl-Home"
    case .bottom: "Ctrl-End"
    case .home, .end: nil
    case .previousVariant: "Alt-Left"
    case .nextVariant: "Alt-Right"
    case .findNext: "Ctrl-X n"
    case .findPrevious: "Ctrl-X N"
    case .copyReply: "Ctrl-X y"
    case .foldReasoning: "Ctrl-X r"
    case .foldCalls: "Ctrl-X t"
    case .previews: "Ctrl-X p"
    case .mouse: "Ctrl-X m"
    case .raw: "Ctrl-X s"
    case .select: "Ctrl-X v"
    case .left, .right, .wordLeft, .wordRight: nil
    case .offer1: "Ctrl-X 1…3"
    case .offer2, .offer3: nil
    }
  }

  /// What the key does, for help.
  package var summary: Phrase {
    switch self {
    case .cancel: say("stops the reply, closes a list, or leaves the search")
    case .interrupt: say("stops the reply; clears the line; twice on an empty line quits")
    case .endOfInput: say("quits, on an empty line")
    case .newline: say("starts a new line")
    case .editor: say("opens the message in $VISUAL or $EDITOR")
    case .redraw: say("draws the screen again")
    case .suspend: say("goes to the background")
    case .accept: say("chooses in a list")
    case .help: say("shows the keys, on an empty line")
    case .up, .down: say("moves in the text, then in the history")
    case .pageUp, .pageDown: say("moves the transcript by a page")
    case .lineUp, .lineDown, .wheelUp, .wheelDown: say("moves the transcript by lines")
    case .messageUp, .messageDown: say("moves the transcript by a message")
    case .top, .home: say("goes to the first message")
    case .bottom, .end: say("goes to the last message")
    case .previousVariant, .nextVariant: say("shows the other variant of a message")
    case .findNext, .findPrevious: say("goes to the next or the previous match of /find")
    case .copyReply: say("copies the last reply")
    case .foldReasoning: say("shows or hides the reasoning")
    case .foldCalls: say("shows or hides the arguments and results of tools")
    case .previews: say("shows or hides the pictures")
    case .mouse: say("hands the mouse back to the terminal, or takes it")
    case .raw: say("shows the Markdown source, or the text")
    case .select: say("selects text by keyboard: Space marks, Enter copies, ? shows the keys")
    case .left, .right, .wordLeft, .wordRight: say("moves in the text, or in what is selected")
    case .offer1, .offer2, .offer3: say("accepts what is offered")
    }
  }
}
