import ChatEngine
import ChatSamples
import ChatScreen
import Conversation
import Language
import Testing

/// Messages read aloud, and words spoken instead of typed.
@Suite struct SoundTests {
  /// The conversation's server, as samples have it.
  private let server = Chat().state.currentProvider.name

  private func said(_ effects: [ChatEffect]) -> [String] {
    effects.compactMap { if case .sound(.speak(_, let text, _, _)) = $0 { text } else { nil } }
  }

  @Test func `A message is said by sentences; code, tables and links in a word`() {
    let text = """
      # Title

      It **costs** 3.50. See https://a.b/c and [the page](https://d)! Done

      ```swift
      let a = 1
      let b = 2
      ```

      | a | b |
      | - | - |
      | 1 | 2 |

      - 今天很好。明天呢？
      """
    var chat = Chat(.of("One", text))
    let effects = chat.enter("/speak")
    #expect(
      said(effects) == [
        "Title", "It costs 3.50.", "See a link and the page!", "Done", "Code, lines: 2.",
        "A table, rows: 1.", "今天很好。", "明天呢？",
      ])
    #expect(effects.last == .sound(.endSpeech(1)))
    chat.on(.sound(.saying(1, sentence: 2)))
    // The mark stands on what is shown, not on the word for it.
    #expect(chat.state.sound.speech?.shown == "See https://a.b/c and the page!")
    chat.on(.sound(.saying(1, sentence: 4)))
    #expect(chat.state.sound.speech?.shown == nil)
    chat.on(.sound(.spoken(1)))
    #expect(chat.state.sound.speech == nil)
  }

  @Test
  func `A number says which message; Esc stops, and a second speech takes the place of the first`()
  {
    var chat = Chat(.of("One", "Two"))
    #expect(said(chat.enter("/speak 1")) == ["One"])
    let effects = chat.enter("/speak 2")
    #expect(effects.contains(.sound(.stopSpeech(1))))
    #expect(said(effects) == ["Two"])
    #expect(chat.press(.cancel).contains(.sound(.stopSpeech(2))))
    #expect(chat.state.sound.speech == nil)
    chat.enter("/speak 9")
    #expect(chat.state.notice?.kind == .error)
    chat.enter("/speak loudly")
    #expect(chat.says?.contains("/speak [N|on|off]") == true)
  }

  @Test func `A message without words is told, not spoken`() {
    var chat = Chat(.of("One", " "))
    let effects = chat.enter("/speak")
    #expect(said(effects).isEmpty)
    #expect(chat.says == "That message has no words to be spoken.")
    #expect(chat.state.sound.speech == nil)
  }

  @Test func `A failure of the voice is told, and an old one's is not`() {
    var chat = Chat(.of("One", "Two"))
    chat.enter("/speak")
    chat.on(.sound(.speechFailed(7, .verbatim("old"))))
    #expect(chat.state.sound.speech != nil)
    chat.on(.sound(.speechFailed(1, .verbatim("no player"))))
    #expect(chat.says == "no player")
    #expect(chat.state.sound.speech == nil)
  }

  @Test func `Each reply is said while it comes, and the rest when it has ended`() throws {
    var chat = Chat()
    chat.enter("/speak on")
    try chat.ask("Hello")
    #expect(said(chat.commit(chat.reply(.text("Good ")))) == [])
    #expect(said(chat.reply(.text("day. How are "))) == ["Good day."])
    #expect(said(chat.reply(.text("you"))) == [])
    let ending = chat.reply(.finished(.stop))
    #expect(said(ending) == ["How are you"])
    #expect(ending.contains(.sound(.endSpeech(1))))
    chat.on(.sound(.spoken(1)))
    chat.enter("/speak off")
    try chat.ask("Once more")
    #expect(said(chat.answer("Silent now. Really.")) == [])
  }

  @Test func `Esc stops voice and reply, and nothing more of that reply is said`() throws {
    var chat = Chat()
    chat.enter("/speak on")
    try chat.ask("Hello")
    chat.reply(.text("One. Two. "))
    #expect(chat.press(.cancel).contains(.sound(.stopSpeech(1))))
    #expect(said(chat.reply(.text("Three. Four. "))) == [])
    #expect(chat.state.sound.speech == nil)
  }

  @Test func `Another conversation is silent`() {
    var chat = Chat(.of("One", "Two"))
    chat.enter("/speak")
    #expect(chat.enter("/new").contains(.sound(.stopSpeech(1))))
  }

  @Test func `The voices are a list that starts on the one in use`() {
    var chat = Chat(.of("One", "Two"))
    chat.enter("/voice coral")
    #expect(chat.enter("/voice").contains(.sound(.listVoices(beside: server))))
    chat.on(.sound(.voices(["alloy", "coral", "marin"], server: "a.b")))
    #expect(chat.picker?.title == say("Voices of \("a.b")"))
    #expect(chat.picker?.chosen?.title == "coral")
    chat.type("mar")
    #expect(said(chat.press(.accept)) == ["This is the voice marin."])
    #expect(chat.state.sound.voice == "marin")
  }

  @Test func `A list of voices that nobody waits for opens nothing; Tab knows them all the same`() {
    var chat = Chat(.of("One", "Two"))
    chat.on(.sound(.voices(["alloy", "coral"], server: "a.b")))
    #expect(chat.picker == nil)
    #expect(
      CompletionPlan(line: "/voice ", wordStart: 7, in: chat.state) == .words(["alloy", "coral"]))
    chat.on(.sound(.voicesUnknown(.verbatim("late"))))
    #expect(chat.says == nil)
    chat.enter("/voice")
    chat.on(.sound(.voicesUnknown(.verbatim("unknown"))))
    #expect(chat.says == "unknown")
  }

  @Test func `A refused voice gives way to the one before`() {
    var chat = Chat(.of("One", "Two"))
    chat.enter("/voice nobody")
    chat.on(.sound(.voiceRefused(1, .verbatim("no such voice"))))
    #expect(chat.state.sound.voice == nil)
    #expect(chat.says == "no such voice")
    chat.enter("/voice coral")
    chat.on(.sound(.spoken(2)))
    chat.enter("/voice nobody")
    chat.on(.sound(.voiceRefused(3, .verbatim("no such voice."))))
    #expect(chat.state.sound.voice == "coral")
    #expect(chat.says == "no such voice. The voice is coral again.")
    // Once more: the refused one is not the one to go back to.
    chat.enter("/voice nobody")
    chat.press(.cancel)
    chat.enter("/speak")
    chat.on(.sound(.voiceRefused(5, .verbatim("no such voice."))))
    #expect(chat.state.sound.voice == nil)
  }

  @Test func `A failure that is not about the voice leaves it`() {
    var chat = Chat(.of("One", "Two"))
    chat.enter("/voice coral")
    chat.on(.sound(.speechFailed(1, .verbatim("no player"))))
    #expect(chat.state.sound.voice == "coral")
  }

  @Test func `Names of the conversation go along with a recording`() {
    var chat = Chat(.of("Is vLLM as fast as read_file?", "Ask GPT-5 about it."))
    let effects = chat.enter("/listen")
    #expect(
      effects.contains(
        .sound(.record(1, keywords: ["GPT-5", "vLLM", "read_file"], beside: server))))
    var chinese = Chat(.of("用OPENAI_KEY吗？第2个。", "145 字节，约 18 个 token。"))
    let record = chinese.enter("/listen")
    #expect(record.contains(.sound(.record(1, keywords: ["OPENAI_KEY"], beside: server))))
  }

  @Test func `A voice is chosen, heard, and used`() {
    var chat = Chat(.of("One", "Two"))
    #expect(said(chat.enter("/voice coral")) == ["This is the voice coral."])
    let effects = chat.enter("/speak")
    #expect(
      effects.contains {
        if case .sound(.speak(_, "Two", voice: "coral", _)) = $0 { true } else { false }
      })
  }

  @Test func `What is recorded comes to the cursor, and is never sent`() {
    var chat = Chat(.of("One", "Two"))
    #expect(chat.enter("/listen").contains(.sound(.record(1, keywords: [], beside: server))))
    #expect(chat.state.sound.recording?.level == nil)
    chat.on(.sound(.level(1, 40)))
    #expect(chat.state.sound.recording?.level == 40)
    #expect(chat.enter("").contains(.sound(.endRecording(1))))
    #expect(chat.state.sound.recording?.isEnded == true)
    let effects = chat.on(.sound(.heard(1, " Good day. ")))
    #expect(effects.contains(.composer(.insert("Good day."))))
    #expect(chat.state.sound.recording == nil)
    #expect(chat.state.conversation.messages.path.count == 2)
  }

  @Test(arguments: [
    ("before after", 6, "I heard", " I heard"), ("before after", 7, "I heard", "I heard "),
    ("(", 1, "yes", "yes"), ("请看 ", 7, "图片", "图片"), ("请看", 6, "图片", "图片"), ("보세요", 9, "그림", " 그림"),
    ("One.", 4, "Two.", " Two."), ("", 0, "Two.", "Two."),
  ])
  func `What is heard stands apart from the words around the cursor`(
    line: String, cursor: Int, heard: String, inserted: String
  ) {
    var chat = Chat(.of("One", "Two"))
    chat.enter("/listen")
    chat.on(.composer(.changed(ComposerSnapshot(text: line, cursor: cursor))))
    #expect(chat.on(.sound(.heard(1, heard))).contains(.composer(.insert(inserted))))
  }

  @Test func `Enter that ends a recording leaves the cursor where it is`() {
    var chat = Chat(.of("One", "Two"))
    chat.enter("/listen")
    chat.on(.composer(.changed(ComposerSnapshot(text: "before after", cursor: 7))))
    // As readline does it: the line is empty, then it is told.
    chat.on(.composer(.changed(ComposerSnapshot())))
    let effects = chat.on(.composer(.accepted("before after")))
    #expect(effects.contains(.composer(.place("before after", cursor: 7))))
  }

  @Test func `Esc throws a recording away, and a missing microphone is told`() {
    var chat = Chat(.of("One", "Two"))
    chat.enter("/listen")
    #expect(chat.press(.cancel).contains(.sound(.dropRecording(1))))
    let late = chat.on(.sound(.heard(1, "late")))
    #expect(!late.contains { if case .composer = $0 { true } else { false } })
    chat.enter("/listen")
    chat.on(.sound(.recordingFailed(2, .verbatim("no microphone"))))
    #expect(chat.says == "no microphone")
    #expect(chat.state.sound.recording == nil)
  }
}

extension SoundTests {
  @Test func `Sentences end where a voice would, however the reply comes`() {
    let text = """
      Dr. Smith said so, e.g. to me. Wait… what? See No. 5 etc. and more. Then **this.** (Now.) End
      他说：「好！」然后走了。
      1. First
      """
    let sentences = [
      "Dr. Smith said so, e.g. to me.", "Wait… what?", "See No. 5 etc. and more.",
      "Then this. (Now.)", "End", "他说：「好！」", "然后走了。", "1. First",
    ]
    var chat = Chat(.of("One", text))
    #expect(said(chat.enter("/speak")) == sentences)
  }
}
