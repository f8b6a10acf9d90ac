import ChatEngine
import ChatScreen
import Configuration
import Conversation
import Files
import Language
import Screen
import Terminal

/// The full-screen program, from taking the terminal to giving it back.
package struct ChatRun {
  private var installation: Installation

  package init(_ installation: Installation) {
    self.installation = installation
  }

  /// Runs until the user leaves; the exit status.
  ///
  /// Blocks the main thread. Sentences about what kept it from starting go to standard error.
  package func run() -> ExitStatus {
    do throws(TerminalError) {
      return try chat()
    } catch {
      StandardError.say(error.phrase, in: installation.language)
      return .usage
    }
  }

  private func chat() throws(TerminalError) -> ExitStatus {
    var settings = TerminalSettings(environment: installation.environment)
    if installation.configuration.theme == .plain { settings.colours = false }
    settings.drawsLinks = installation.configuration.hyperlinks.setting
    let phrase = say("Iris was ended abruptly. What was stored comes back with: iris --continue")
    settings.crashMessage = phrase.text(in: installation.language) + "\n"
    let wakeup = try Wakeup()
    let session = try TerminalSession(settings)
    var run = self
    if session.localeIsUTF8 { run.installation.environment.takeLocale() }
    return try run.chat(in: session, wakeup)
  }

  private func chat(
    in session: TerminalSession, _ wakeup: Wakeup
  ) throws(TerminalError) -> ExitStatus {
    let mailbox = Mailbox<ChatEvent>(waking: wakeup)
    let directory = ServerDirectory(installation)
    // A short patience: a message that is not stored in this time is sent all the same, and stored
    // later. The copy of the store waits until the first keys are typed.
    let services = Services(
      installation, directory: directory, patience: .seconds(2), backupDelay: .seconds(5))
    let runner = EffectRunner(
      services, waitForRoom: { await mailbox.waitForRoom() }, post: { mailbox.post(.engine($0)) })
    let composer = try openComposer(endingOnFailure: session)
    let loop = ChatLoop(
      state: initialState(session, directory), session: session, composer: composer,
      runner: ScreenEffectRunner(runner) { mailbox.post($0) }, mailbox: mailbox, wakeup: wakeup,
      installation: installation)
    composer.completer = { [unowned loop] in loop.complete($0) }
    composer.historyFilter = \.withoutKeys
    composer.rowMover = { [unowned loop] in loop.target(of: $0) }
    composer.setSize(columns: session.size.columns, rows: session.size.rows)
    begin(loop)
    let log = ErrorLog(folder: installation.folders.state)
    let settings = installation.settings
    let isUnconfigured = settings.provider == nil && !settings.isDemoNamed
    loop.runner.tellLeftRecordings()
    let reason = loop.run { loop.handle(.program(.shown(isUnconfigured: isUnconfigured))) }
    session.end()
    log.end()
    let ending = Blocking.wait {
      await runner.finish()
      return await services.close()
    }
    for phrase in (ending?.news ?? []) + [ending?.failure].compactMap(\.self) {
      StandardError.say(phrase, in: installation.language)
    }
    for path in loop.runner.recordings.leftFiles {
      StandardError.say(RecordingControls.kept(path), in: installation.language)
    }
    sayGoodbye(loop.state, by: runner)
    return reason.status
  }

  private func openComposer(
    endingOnFailure session: TerminalSession
  ) throws(TerminalError) -> Composer {
    do {
      return try Composer(bindings: KeyBinding.iris)
    } catch {
      session.end()
      throw error
    }
  }

  private func initialState(_ session: TerminalSession, _ directory: ServerDirectory) -> ChatState {
    let configuration = installation.configuration
    var capabilities = TerminalCapabilities(size: session.size, language: installation.language)
    capabilities.previewsAreOn = configuration.showsPreviews
    capabilities.mouseIsOn = configuration.usesMouse
    capabilities.theme = ThemeChoice(rawValue: configuration.theme.rawValue) ?? .automatic
    capabilities.colors = ChatScreen.ColorDepth(session.depth)
    capabilities.ambiguousIsWide = configuration.ambiguousWidth == .wide
    capabilities.isUTF8 = session.localeIsUTF8
    capabilities.textWidth = configuration.textWidth
    let chosen = ChosenModels(path: installation.folders.chosenModels)
    var conversation = installation.newConversation(at: SystemClock.moment())
    if installation.invocation.options.model == nil, let provider = conversation.provider {
      conversation.model = chosen[provider] ?? conversation.model
    }
    let engine = ChatEngine(
      conversation,
      settings: installation.chatSettings(
        directory, isOpening: installation.invocation.start != .new, chosen: chosen),
      tools: installation.toolOptions)
    return ChatState(capabilities: capabilities, engine: engine)
  }

  /// What is asked for before the first key: the history, a conversation, pictures.
  private func begin(_ loop: ChatLoop) {
    if let mistake = installation.mistakes.first ?? installation.ruleProblem {
      loop.handle(.program(.remarked(mistake, .warning)))
    }
    if let file = loop.composer.leftOutInitFile {
      let phrase = say("\(file) is a pipe: its settings are left out. Put a file in its place.")
      loop.handle(.program(.remarked(phrase, .warning)))
    }
    do {
      // A folder that cannot be made shows itself when the first line is kept.
      try? FileSystem.makePrivateFolder(installation.folders.state)
      let entries = try loop.history.load(filteredBy: \.withoutKeys)
      loop.composer.setHistory(entries)
      loop.lastRemembered = entries.last
    } catch {
      loop.handle(.program(.remarked(error.phrase, .warning)))
    }
    if let news = loop.runner.runner.services.logNews {
      loop.handle(.program(.remarked(news, .information)))
    }
    loop.session.send(.askBackground)
    if loop.session.wantsName { loop.session.send(.askName) }
    loop.session.askColours()
    loop.handle(.program(.begun(opening: installation.invocation.start.query)))
    let images = installation.invocation.images
    if !images.isEmpty { loop.handle(.attach(images)) }
  }

  /// Says on the ordinary screen how to come back.
  private func sayGoodbye(_ state: ChatState, by runner: EffectRunner) {
    guard !state.conversation.messages.isEmpty else { return }
    let language = installation.language
    if installation.configuration.leavesTranscript {
      for message in state.conversation.messages.path {
        let name = message.role.rawValue
        StandardOutput.write("\(name):\n\(message.plainText)\n\n")
      }
    }
    let conversation = state.conversation
    guard let phrase = Blocking.wait({ await runner.lastWord(on: conversation) }) else { return }
    StandardOutput.write(phrase.text(in: language).sanitised + "\n")
  }
}

extension ChatScreen.ColorDepth {
  init(_ depth: Terminal.ColorDepth) {
    self =
      switch depth {
      case .none: .none
      case .eight, .sixteen: .basic
      case .palette: .indexed
      case .direct: .direct
      }
  }
}

extension QuitReason {
  /// The exit status of a program that ends for this reason.
  var status: ExitStatus {
    switch self {
    case .asked: .done
    case .hungUp: .hungUp
    case .terminated: .terminated
    case .interrupted: .interrupted
    }
  }
}
