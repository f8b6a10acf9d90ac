package import ChatAPI
package import Language

/// Why nothing is spoken, played, recorded or heard: the one error of this module.
package enum AudioError: Error, Equatable, Sendable {
  case server(ChatAPIError)
  /// The server takes less than was sent in this call, like `/audio/transcriptions`.
  case sentTooMuch(ChatAPIError, call: String)
  /// The server is there and has not this call, like `/audio/speech`.
  case callMissing(String, server: String)
  /// The server answered with something that is no sound.
  case answerNoSound(server: String)
  case answerEmpty(server: String)
  case answerUnreadable(server: String)
  /// The sound broke off; what came of it was given out.
  case cutOff(server: String)
  /// Pieces of this form cannot be put behind one another.
  case notJoinable(SoundFormat)
  /// The pieces of a text came in forms that cannot be joined without ffmpeg; `place` is where they are kept.
  case piecesApart(String, String, place: String? = nil)
  /// The first piece of a text came so that nobody can count its samples, and others cannot stand behind it
  /// without ffmpeg; `place` is where it is kept.
  case piecesUncounted(SoundFormat, place: String? = nil)
  case textEmpty
  case fileUnreadable(path: String, reason: String, isMissing: Bool)
  /// `place` is where the sound is kept all the same.
  case fileUnwritable(path: String, reason: String, place: String? = nil)
  /// The file is none of the forms of sound that servers take.
  case noSound(path: String)
  /// The file is of a form that servers do not take, and ffmpeg is not here to convert it.
  case foreign(path: String, form: ForeignSound)
  /// ffmpeg failed to convert it.
  case convertingFailed(path: String, reason: String)
  /// There is not a tenth of a second in it.
  case recordingEmpty(path: String)
  /// More than the server takes at once, and nothing here can cut it.
  case recordingTooLarge(path: String, byteCount: Int, limit: Int)
  /// The program that cuts recordings failed on this one.
  case cuttingFailed(path: String, reason: String)
  /// The disk that holds the pieces of a recording while they are heard is full.
  case noRoom(folder: String, path: String)
  /// ffmpeg made no sound of that form; `place` is where that is kept of which it was to be made.
  case encodingFailed(SoundFormat, reason: String, place: String? = nil)
  case noPlayer
  /// What came is of a form that no player here takes, and nothing converts it.
  case noPlayerFor(SoundFormat, place: String? = nil)
  /// The player ended without having played all, with its own words where it had any; `place` is where the
  /// sound is kept all the same, nil where it is not.
  case playerFailed(name: String, status: Int32, words: String?, place: String? = nil)
  case noRecorder
  case recorderFailed(name: String, words: String)
  /// No server could be asked.
  case notAsked(Phrase)
}

extension AudioError {
  /// One sentence that says what happened and what to do.
  package var phrase: Phrase {
    switch self {
    case .server(let error): error.phraseOfPaid
    case .sentTooMuch(let error, "/audio/speech"):
      error.phrase(
        saying: say("The text is too long for \(error.server): have a shorter one spoken."))
    case .sentTooMuch(let error, _):
      error.phrase(
        saying: say(
          "The recording is too large for \(error.server): make it smaller, for example an mp3 of it with ffmpeg, or cut it."
        ))
    case .callMissing("/audio/speech", let server):
      say("\(server) does not speak: name a server that does as speech_server in config.yaml.")
    case .callMissing(let call, let server):
      say(
        "\(server) has no \(call): name a server that hears as transcription_server in config.yaml."
      )
    case .answerNoSound(let server):
      say("\(server) answered with something that is no sound: check the server and the model.")
    case .answerEmpty(let server): say("\(server) sent no sound at all: try again.")
    case .answerUnreadable(let server):
      say("\(server) sent what is no transcript: check the server and the model.")
    case .cutOff(let server):
      say("The answer of \(server) broke off before its end. Try again.")
    case .notJoinable(let format):
      say(
        "The text needs more than one request, and pieces of \(format.wireName) cannot be joined. Install ffmpeg, or ask for wav, mp3, opus, aac or pcm."
      )
    case .piecesApart(let first, let other, nil):
      say(
        "The text came in pieces of \(first) and of \(other), which cannot be joined. Install ffmpeg, by which Iris joins them."
      )
    case .piecesApart(let first, let other, let place?):
      say(
        "The text came in pieces of \(first) and of \(other), which cannot be joined, and are in \(place). Install ffmpeg, by which Iris joins them."
      )
    case .piecesUncounted(let format, let place):
      kept(
        place,
        say(
          "The text came in pieces of a \(format.wireName) that cannot be joined. Install ffmpeg, by which Iris joins them."
        ))
    case .textEmpty: say("There is no text to be spoken. Give one, or pipe it in.")
    default: placePhrase
    }
  }

  private var placePhrase: Phrase {
    switch self {
    case .fileUnreadable(let path, let reason, _):
      say("\(path) cannot be read: \(reason). Check the path and the rights of the file.")
    case .fileUnwritable(let path, let reason, let place):
      kept(place, say("\(path) cannot be written: \(reason). Name another file, or make room."))
    case .noSound(let path):
      say(
        "\(path) is no sound that servers take. Give them wav, mp3, flac, ogg, m4a or webm, as ffmpeg makes it."
      )
    case .foreign(let path, let form):
      say(
        "\(path) is \(form.rawValue), which servers do not take. Install ffmpeg, by which Iris converts it."
      )
    case .convertingFailed(let path, let reason):
      say("ffmpeg cannot convert \(path): \(reason). Convert it to mp3.")
    case .recordingEmpty(let path): say("\(path) holds no sound. Record it again.")
    case .recordingTooLarge(let path, let count, let limit):
      say(
        "\(path) has \(megabytes(count)), more than the \(megabytes(limit)) that a server takes. Install ffmpeg, by which Iris cuts it."
      )
    case .cuttingFailed(let path, let reason):
      say("ffmpeg cannot cut \(path): \(reason). The file may be damaged; convert it first.")
    case .noRoom(let folder, let path):
      say("There is no room in \(folder) for the pieces of \(path). Make room there.")
    case .encodingFailed(let format, let reason, let place):
      kept(place, say("ffmpeg cannot make \(format.wireName): \(reason). Ask for wav."))
    case .noPlayerFor(let format, let place):
      kept(place, say("No installed player plays \(format.wireName). Install mpv or ffmpeg."))
    case .noPlayer:
      say(
        "No player of sound is installed. Install mpv, or name one as player in config.yaml; iris speak -o FILE writes a file."
      )
    case .playerFailed(let name, let status, let words, let place):
      playerPhrase(Self.fault(name, status, words), place)
    case .noRecorder:
      say("No recorder is installed. Install alsa-utils, sox or ffmpeg, or name one as recorder.")
    case .recorderFailed(let name, let words):
      say("The recorder \(name) gave no sound: \(words). Check that a microphone is connected.")
    case .notAsked(let phrase): phrase
    default: say("The sound was stopped.")
    }
  }

  private static func fault(_ name: String, _ status: Int32, _ words: String?) -> Phrase {
    switch (status, words) {
    case (0, nil): say("The player \(name) ended before the sound did.")
    case (0, let words?): say("The player \(name) played nothing: \(words).")
    case (_, nil): say("The player \(name) failed (\(status)).")
    case (_, let words?): say("The player \(name) failed (\(status)): \(words).")
    }
  }

  private func playerPhrase(_ phrase: Phrase, _ place: String?) -> Phrase {
    guard let place else {
      return say(
        "\(phrase) Over ssh there is mostly no sound: iris speak -o FILE writes it to a file.")
    }
    return say(
      "\(phrase) The sound is in \(place). Over ssh there is mostly none: iris speak -o FILE writes it to a file."
    )
  }

  private func kept(_ place: String?, _ phrase: Phrase) -> Phrase {
    place.map { say("\(phrase) The sound is in \($0).") } ?? phrase
  }

  private func megabytes(_ count: Int) -> String {
    "\((count + 524_287) / 1_048_576) MiB"
  }

  /// Whether the key is missing or refused (exit code 77).
  package var isAboutKey: Bool {
    if case .server(let error) = self { error.isAboutKey } else { false }
  }
}

extension AudioError {
  /// Whether a server refused to speak for the voice of that name: it answered so, and its words are about
  /// voices.
  package func refuses(voice: String) -> Bool {
    guard case .server(let error) = self, case .answer = error.kind else { return false }
    guard [400, 404, 422, 500].contains(error.status ?? 0) else { return false }
    if error.parameter == "voice" { return true }
    let words = (error.message ?? "").lowercased()
    let signs = ["voice", "speaker", "音色", "发音人", voice.lowercased()]
    return signs.contains { !$0.isEmpty && words.contains($0) }
  }

  /// The same error, which says where the sound is kept that was not given out.
  package func keeping(soundAt place: String?) -> AudioError {
    switch self {
    case .playerFailed(let name, let status, let words, _):
      .playerFailed(name: name, status: status, words: words, place: place)
    case .piecesApart(let first, let other, _): .piecesApart(first, other, place: place)
    case .piecesUncounted(let format, _): .piecesUncounted(format, place: place)
    case .encodingFailed(let format, let reason, _):
      .encodingFailed(format, reason: reason, place: place)
    case .noPlayerFor(let format, _): .noPlayerFor(format, place: place)
    case .fileUnwritable(let path, let reason, _):
      .fileUnwritable(path: path, reason: reason, place: place)
    default: self
    }
  }

  /// Whether the server's answer failed, and not what was done with it here.
  package var isOfAnswer: Bool {
    switch self {
    case .server, .cutOff, .answerNoSound, .answerEmpty, .answerUnreadable: true
    default: false
    }
  }

  /// What a failed call to `path` means.
  init(_ error: ChatAPIError, path: String) {
    if error.isMissingCall {
      self = .callMissing(path, server: error.server)
    } else if error.kind == .answer(.tooLarge) {
      self = .sentTooMuch(error, call: path)
    } else {
      self = .server(error)
    }
  }
}
