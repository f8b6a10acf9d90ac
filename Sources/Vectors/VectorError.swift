package import ChatAPI
package import Language

/// Why texts have no vectors, or an index cannot be searched: the one error of this module.
package enum VectorError: Error, Equatable, Sendable {
  case server(ChatAPIError)
  /// The server is there and makes no vectors.
  case callMissing(server: String)
  case answerUnreadable(server: String)
  /// The server gave more or fewer vectors than it was sent texts.
  case wrongCount(server: String, sent: Int, came: Int)
  /// A number of a vector is no finite number, or all are zero.
  case vectorUnusable(server: String)
  /// The places that the server gave its vectors are not those of the texts, each once.
  case placesWrong(server: String)
  /// Vectors of one call have different sizes.
  case sizesDiffer(server: String, one: Int, other: Int)
  /// The server gave an index vectors of another size than it was asked for.
  case notAsAsked(server: String, asked: Int, came: Int)
  /// The vectors have another size than those of the index.
  case otherSize(index: String, size: Int, came: Int)
  /// The index was made with another model, server or size than was asked for.
  case otherModel(index: String, model: String, server: String)
  case indexMissing(String)
  /// Another program took the index away while this one worked with it.
  case indexTakenAway(String)
  /// The file of the indexes is no database, or a damaged one.
  case damaged(path: String, reason: String)
  /// What SQLite or the system said of the file of the indexes.
  case storage(path: String, reason: String)
}

extension VectorError {
  /// One sentence that says what happened and what to do.
  package var phrase: Phrase {
    switch self {
    case .server(let error) where error.kind == .answer(.tooLarge):
      error.phrase(
        saying: say("A text is too large for \(error.server): cut it, or add --lines."))
    case .server(let error): error.phrase
    case .callMissing(let server):
      say("\(server) makes no vectors: name a server that does as embedding_server in config.yaml.")
    case .answerUnreadable(let server):
      say("\(server) answered with something else than vectors: check the server and the model.")
    case .wrongCount(let server, let sent, let came):
      say(
        "\(server) was sent texts: \(sent), and gave vectors: \(came). None of them is used; try again."
      )
    case .vectorUnusable(let server):
      say(
        "\(server) gave a vector that is all zeros or has a number that is none. It is not used; try another model."
      )
    case .placesWrong(let server):
      say(
        "\(server) gave vectors whose numbers are not those of the texts. None of them is used; try again."
      )
    case .sizesDiffer(let server, let one, let other):
      say(
        "\(server) gave vectors of \(one) numbers and of \(other). They are not used; try another model."
      )
    case .notAsAsked(let server, let asked, let came):
      say(
        "\(server) gave vectors of \(came) numbers where \(asked) were asked for. None is put into the index; leave out --dimensions, or try another model."
      )
    case .otherSize, .otherModel, .indexMissing, .indexTakenAway, .damaged, .storage: phraseOfIndex
    }
  }

  private var phraseOfIndex: Phrase {
    switch self {
    case .otherSize(let index, let size, let came):
      say(
        "The vectors of \(index) have \(size) numbers, and the server now gives \(came). Take the index away, and make it anew: iris embed --remove '\(index)'"
      )
    case .otherModel(let index, let model, let server):
      say(
        "The index \(index) was made by \(model) at \(server). Leave out --model and --dimensions, or name another index."
      )
    case .indexMissing(let name):
      say("There is no index named \(name). iris embed --list shows those there are.")
    case .indexTakenAway(let name):
      say(
        "Another program took the index \(name) away meanwhile. Start again, and it is made anew.")
    case .damaged(let path, let reason):
      say(
        "The indexes in \(path) are damaged: \(reason). Move the file away; iris embed --index makes them anew."
      )
    case .storage(let path, let reason):
      say("The indexes in \(path) cannot be used: \(reason). Free the disk or move the file away.")
    case .server, .callMissing, .answerUnreadable, .wrongCount, .vectorUnusable, .placesWrong,
      .sizesDiffer, .notAsAsked:
      phrase
    }
  }

  /// Whether the key is missing or refused (exit code 77).
  package var isAboutKey: Bool {
    if case .server(let error) = self { error.isAboutKey } else { false }
  }
}
