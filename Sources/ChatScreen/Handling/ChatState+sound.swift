import ChatEngine
import Conversation
import Language

/// Messages read aloud, and words that are spoken instead of typed.
extension ChatState {
  /// `/speak [N|on|off]`: a message, or each reply from now on.
  mutating func speak(_ argument: String) -> [ChatEffect] {
    switch argument {
    case "on":
      sound.speaksReplies = true
      return tell(say("Each reply is read aloud as it comes. /speak off ends it."))
    case "off":
      sound.speaksReplies = false
      return hush() + tell(say("Replies are not read aloud any more."))
    case "":
      guard let reply = lastReply else { return fail(say("There is no reply to speak yet.")) }
      return speak(reply)
    default:
      guard let number = Int(typed: argument) else { return misused(.speak) }
      let path = conversation.messages.path
      guard path.indices.contains(number - 1) else { return fail(noMessage(argument)) }
      return speak(path[number - 1])
    }
  }

  /// `/voice [NAME]`: who speaks from now on; without a name, a list of voices.
  mutating func chooseVoice(_ name: String) -> [ChatEffect] {
    guard name.isEmpty else { return setVoice(name) }
    sound.expectsVoices = true
    notice = nil
    return [.sound(.listVoices(beside: conversationServer))]
  }

  /// Chooses a voice, and lets it be heard; one that the server refuses is not kept.
  mutating func setVoice(_ name: String) -> [ChatEffect] {
    let former = SoundState.FormerVoice(name: sound.voice == name ? nil : sound.voice)
    sound.voice = name
    notice = Notice(.information, say("The voice is \(name)."))
    let effects = hush()
    return effects
      + sayAloud(say("This is the voice \(name).").text(in: capabilities.language), former)
  }

  private mutating func showVoices(_ names: [String], of server: String) -> [ChatEffect] {
    sound.voices = names
    let isExpected = sound.expectsVoices
    sound.expectsVoices = false
    guard isExpected, overlay == nil else { return [] }
    let items = names.map { Picker.Item(title: $0, remark: "", choice: .voice($0)) }
    let title = say("Voices of \(server)")
    return open(.picker(Picker(subject: .voices, title: title, items: items)))
  }

  /// Goes back to the voice before, where the one that is in use was refused.
  private mutating func refuseVoice(of speech: SoundState.Speech, _ phrase: Phrase) -> [ChatEffect]
  {
    if speech.isGrowing { sound.refused = speech.message }
    endSpeech()
    sound.voice = speech.former?.name
    guard let voice = sound.voice else { return fail(phrase) }
    return fail(say("\(phrase) The voice is \(voice) again."))
  }

  /// The server of the conversation, by its name.
  private var conversationServer: String { engine.target.provider.name }

  private mutating func speak(_ message: Message) -> [ChatEffect] {
    let isGrowing = engine.run.id == message.id && engine.isBusy
    guard isGrowing || !message.text.allSatisfy(\.isWhitespace) else {
      return fail(say("That message has no words to be spoken."))
    }
    let effects = hush()
    notice = nil
    begin(message.id, isGrowing: isGrowing)
    return effects + takeWords(of: message)
  }

  /// Begins a speech; the view follows it, unless it stands elsewhere than where a reply comes.
  private mutating func begin(_ message: MessageID, isGrowing: Bool) {
    var speech = SoundState.Speech(id: sound.nextID(), message: message, isGrowing: isGrowing)
    speech.isFromBottom = transcript.place == .bottom
    sound.speech = speech
    transcript.followsVoice = speech.isFromBottom || !isGrowing
  }

  /// Ends the speech on the screen; a view that followed it from the transcript's end goes back there.
  private mutating func endSpeech() {
    if sound.speech?.isFromBottom == true, transcript.followsVoice { transcript.jump(to: .bottom) }
    transcript.followsVoice = false
    sound.speech = nil
  }

  /// Says a text that is no message's.
  private mutating func sayAloud(
    _ text: String, _ former: SoundState.FormerVoice
  ) -> [ChatEffect] {
    let id = sound.nextID()
    sound.speech = SoundState.Speech(id: id, message: nil, former: former, isGrowing: false)
    return [speak(text, in: id), .sound(.endSpeech(id))]
  }

  private func speak(_ text: String, in speech: Int) -> ChatEffect {
    .sound(.speak(speech, text, voice: sound.voice, beside: conversationServer))
  }

  /// Has what is new of the message said, and where it is whole, the rest of it.
  private mutating func takeWords(of message: Message) -> [ChatEffect] {
    guard var speech = sound.speech, speech.message == message.id else { return [] }
    let language = capabilities.language
    let text = message.text
    let new = String(decoding: text.utf8.dropFirst(speech.taken), as: UTF8.self)
    speech.taken = text.utf8.count
    var said = speech.reader.feed(new, in: language)
    if !speech.isGrowing { said += speech.reader.finish(in: language) }
    speech.sentences += said
    sound.speech = speech
    let effects = said.map { speak($0.text, in: speech.id) }
    return speech.isGrowing ? effects : effects + [.sound(.endSpeech(speech.id))]
  }

  /// Follows the reply that comes, where replies are read aloud, or it is.
  mutating func speakReply() -> [ChatEffect] {
    guard sound.speaksReplies || sound.speech?.isGrowing == true else { return [] }
    guard let id = engine.run.id, let message = conversation.messages[id] else {
      return endGrowing()
    }
    if sound.speech?.message == id { return engine.isBusy ? takeWords(of: message) : endGrowing() }
    guard sound.speaksReplies, engine.isBusy, !message.text.isEmpty, sound.refused != id else {
      return []
    }
    let effects = hush()
    begin(id, isGrowing: true)
    return effects + takeWords(of: message)
  }

  /// The reply has ended: what is left of it is said.
  private mutating func endGrowing() -> [ChatEffect] {
    guard let speech = sound.speech, speech.isGrowing,
      let message = speech.message.flatMap({ conversation.messages[$0] })
    else { return [] }
    sound.speech?.isGrowing = false
    return takeWords(of: message)
  }

  /// Stops what is being said; of a reply that still comes, the rest is not said either.
  mutating func hush() -> [ChatEffect] {
    guard let speech = sound.speech else { return [] }
    endSpeech()
    if speech.isGrowing { sound.refused = speech.message }
    return [.sound(.stopSpeech(speech.id))]
  }

  // MARK: - Listening

  /// `/listen`: records until Enter, or the command once more.
  mutating func listen() -> [ChatEffect] {
    if sound.recording != nil { return endRecording() }
    let id = sound.nextID()
    sound.recording = SoundState.Recording(id: id, startedAt: moment.uptime)
    notice = nil
    let record = SoundEffect.record(id, keywords: keywords, beside: conversationServer)
    return hush() + [.sound(record)] + send(.timeShown(true))
  }

  /// Names and rare words of the conversation, which are likely to be said again: at most 20, the latest
  /// first.
  private var keywords: [String] {
    var found: [String] = []
    for message in conversation.messages.path.suffix(4).reversed() {
      for word in message.text.utf8.prefix(4_000).split(whereSeparator: \.isWordSeparator) {
        let word = String(word) ?? ""
        guard found.count < 20 else { return found }
        if word.isName, !found.contains(word) { found.append(word) }
      }
    }
    return found
  }

  /// Enter: what was recorded is written down, and put where the cursor is.
  mutating func endRecording() -> [ChatEffect] {
    guard let recording = sound.recording, !recording.isEnded else { return [] }
    sound.recording?.isEnded = true
    return [.sound(.endRecording(recording.id))]
  }

  /// Esc: nothing of it is kept.
  mutating func dropRecording() -> [ChatEffect] {
    guard let recording = sound.recording else { return [] }
    sound.recording = nil
    return [.sound(.dropRecording(recording.id))] + send(.timeShown(false))
      + tell(say("The recording was thrown away. /listen begins anew."))
  }

  // MARK: - Events

  mutating func handleSoundEvent(_ event: SoundEvent) -> [ChatEffect] {
    switch event {
    case .saying(let id, let place):
      if sound.speech?.id == id { sound.speech?.place = place }
    case .spoken(let id):
      if sound.speech?.id == id { endSpeech() }
    case .speechFailed(let id, let phrase):
      guard let speech = sound.speech, speech.id == id else { return [] }
      if speech.isGrowing { sound.refused = speech.message }
      endSpeech()
      return fail(phrase)
    case .voiceRefused(let id, let phrase):
      guard let speech = sound.speech, speech.id == id else { return [] }
      return refuseVoice(of: speech, phrase)
    case .voices(let names, let server): return showVoices(names, of: server)
    case .voicesUnknown(let phrase):
      guard sound.expectsVoices else { return [] }
      sound.expectsVoices = false
      return fail(phrase)
    case .remarked(let phrase):
      if notice?.kind != .error { notice = Notice(.information, phrase) }
    case .level(let id, let level):
      if sound.recording?.id == id { sound.recording?.level = level }
    case .recorded(let id):
      if sound.recording?.id == id { sound.recording?.isEnded = true }
    case .heard(let id, let text):
      guard sound.recording?.id == id else { return [] }
      sound.recording = nil
      let words = text.trimmed
      guard !words.isEmpty else {
        return send(.timeShown(false)) + fail(say("Nothing was heard. /listen records again."))
      }
      return send(.timeShown(false)) + [.composer(.insert(parted(String(words))))]
    case .recordingFailed(let id, let phrase):
      guard sound.recording?.id == id else { return [] }
      sound.recording = nil
      return send(.timeShown(false)) + fail(phrase)
    }
    return []
  }
}

extension ChatState {
  /// The words with the blanks that part them from what stands around the cursor.
  private func parted(_ words: String) -> String {
    let bytes = composer.line.text.utf8
    let cursor = bytes.index(
      bytes.startIndex, offsetBy: min(max(0, composer.line.cursor), bytes.count))
    let (before, after) = (composer.line.text[..<cursor].last, composer.line.text[cursor...].first)
    let front =
      before.map { $0.isFollowedByBlank && words.first?.isOfSpacedScript == true } ?? false
    let back =
      after.map { $0.isWordOfSpacedScript && words.last?.isOfSpacedScript == true } ?? false
    return (front ? " " : "") + words + (back ? " " : "")
  }
}

extension Character {
  /// Whether its script parts words by blanks: what lies before the radicals of Chinese (U+2E80), and Hangul.
  fileprivate var isOfSpacedScript: Bool {
    unicodeScalars.allSatisfy { $0.value < 0x2E80 || (0xAC00...0xD7A3).contains($0.value) }
  }

  fileprivate var isWordOfSpacedScript: Bool { isOfSpacedScript && (isLetter || isNumber) }

  /// Whether a word behind it stands apart from it: not behind a blank or what opens.
  fileprivate var isFollowedByBlank: Bool {
    isOfSpacedScript && !isWhitespace && !"([{<\"'/@#-–—".contains(self)
  }
}

extension UInt8 {
  /// Whether it parts words: anything but ASCII letters, digits, `_` and `-`; names of other scripts are not
  /// told from words here.
  fileprivate var isWordSeparator: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
      false
    default: true
    }
  }
}

extension String {
  /// Whether it is written as names of programs, people and products are: with a capital, a digit or an
  /// underscore behind its first letter (`vLLM`, `read_file`, `GPT-5`).
  fileprivate var isName: Bool {
    (3...40).contains(count) && first?.isLetter == true
      && dropFirst().contains { $0.isUppercase || $0.isNumber || $0 == "_" }
  }
}
