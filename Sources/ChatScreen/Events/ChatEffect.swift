package import ChatEngine
package import Conversation

/// Something to be done, as data: the state's only way to reach the world.
package enum ChatEffect: Equatable, Sendable {
  /// What the engine decided; reports are no effects any more by then.
  case engine(EngineEffect)
  case preview(PreviewEffect)
  case externalProgram(ExternalProgramEffect)
  case sound(SoundEffect)
  case meaning(MeaningEffect)
  case composer(ComposerEffect)
  case terminal(TerminalEffect)
  /// Keeps a model for new conversations with a server, for later starts as well.
  case keepModel(String, provider: String)
  /// Has a `.keyMissing` event come where a server wants a key and there is none.
  case checkKey(provider: String)
  /// Looks for model servers on this machine; answered by `.foundLocally`.
  case findLocalServers
  /// Copies a kept file to a path, or into a folder; an empty path is the folder in use. Nothing is
  /// replaced. Answered by `.remarked`.
  case saveFile(MediaReference, to: String)
  case serverFiles(ServerFileEffect)
  /// Has the server count a request's tokens; answered by `.tokensCounted` or `.countFailed`, and not at all
  /// by a server that has no such call.
  case countTokens(ReplyRequest)
  /// Reads a file with a JSON Schema, for `response_format`.
  case readSchema(path: String)
  case quit(QuitReason)
}

extension ChatEffect {
  package static func reply(_ effect: ReplyEffect) -> Self { .engine(.reply(effect)) }

  package static func store(_ effect: StoreEffect) -> Self { .engine(.store(effect)) }

  package static func picture(_ effect: PictureEffect) -> Self { .engine(.picture(effect)) }

  package static func listModels(provider: String) -> Self {
    .engine(.listModels(provider: provider))
  }

  package static func forgetLearned(provider: String, model: String) -> Self {
    .engine(.forgetLearned(provider: provider, model: model))
  }

  package static func wake(after milliseconds: Int64) -> Self {
    .engine(.wake(after: milliseconds))
  }
}

/// Pictures to draw, off the loop.
package enum PreviewEffect: Equatable, Sendable {
  /// Draws a picture in cells, from its fitted form where there is one.
  case draw(PreviewKey, PictureReference, for: TargetModel)
  /// Draws a picture over the whole screen, as the model will see it.
  case view(PictureViewRequest)
  /// Writes a mask in the size of its picture; answered by `mask`.
  case keepMask(MaskOrder)
}

/// A change of the composer, which readline owns.
package enum ComposerEffect: Equatable, Sendable {
  /// Replaces the text, the cursor at its end.
  case setText(String)
  /// Replaces the text, the cursor at an offset of UTF-8 bytes.
  case place(String, cursor: Int)
  case insert(String)
  case remember(String)
}

/// Work for the terminal, or for a program that gets it.
package enum TerminalEffect: Equatable, Sendable {
  /// Puts text on the clipboard of the user's terminal; answered by `copied` or `copyFailed`.
  case copy(String)
  case edit(String)
  case page(String)
  /// Hands text to a command of the shell that gets the terminal; answered by `ranOnScreen`.
  case pipe(String, to: String)
  /// Asks on the ordinary screen for a server's key, which the state never sees.
  case askKey(provider: String)
  case suspend
  case redraw
  case beep
  /// Asks what pixels the terminal can draw; answered by `.graphics`.
  case askGraphics
}
