import ChatEngine
import Configuration
import Conversation
import Language
import ModelCatalog
import Terminal

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// `iris ask`: a face without a screen on the engine that the screen has, so that every promise of
/// the one is the other's too (docs/decisions/0085).
package struct AskRun {
  let installation: Installation
  let options: AskOptions
  let output: AskOutput

  package init(_ installation: Installation, _ options: AskOptions) {
    self.installation = installation
    self.options = options
    let isRaw = options.raw
    output = AskOutput(language: installation.language) {
      isRaw ? nil : StandardOutput.rendering(installation)
    }
  }

  /// Asks, prints, and stores what is to be stored; the exit status.
  ///
  /// Blocks the calling thread.
  package func run() -> ExitStatus {
    // A reader that is gone shows as a failed write.
    signal(SIGPIPE, SIG_IGN)
    for mistake in installation.mistakes { output.tell(mistake) }
    if let problem = installation.ruleProblem { output.tell(problem) }
    do throws(AskFailure) {
      return try ask()
    } catch {
      output.tell(error.phrase)
      return error.status
    }
  }

  private func ask() throws(AskFailure) -> ExitStatus {
    let words = AskWords(options.words)
    var sources = installation.invocation.images + words.pictures
    let readsPicture = sources.contains("-")
    sources.removeAll { $0 == "-" }
    let standardInput = StandardInput(tell: output.tell)
    let question = try asked(
      try standardInput.question(words.question, imageIsRead: readsPicture),
      hasPicture: readsPicture || !sources.isEmpty)
    if installation.invocation.options.parameters.makesPictures == true {
      try PictureNames.check(folder: ".")
    }
    let services = services
    try checkTools(in: services.toolLibrary)
    if let news = services.logNews { output.tell(news) }
    let picture = readsPicture ? try pipedPicture(standardInput, services) : nil
    let isEach = options.each && !(sources.isEmpty && picture == nil)
    var input = AskInput(text: question)
    input.additions = options.additions.map { AskInput.Addition(role: $0.role, text: $0.text) }
    input.pictures = picture.map { [$0] } ?? []
    input.sources = sources
    let loop = try loop(services)
    loop.wantsObjects = options.raw
    let interruption = Interruption()
    interruption.tell { [mailbox = loop.mailbox] in mailbox.post(.signal($0)) }
    defer { interruption.end() }
    let status = isEach ? try askEach(input, in: loop) : askOnce(input, in: loop)
    return close(services, after: status)
  }

  /// The question; nil where messages alone are added to a conversation that is kept.
  ///
  /// Messages that are kept nowhere, and of which nothing is asked, would be gone with the program.
  private func asked(_ question: String?, hasPicture: Bool) throws(AskFailure) -> String? {
    if hasPicture || question?.trimmed.isEmpty == false { return question }
    guard !options.additions.isEmpty else {
      throw AskFailure(.usage, say("There is no question. Write one: iris ask PROMPT"))
    }
    guard keepsConversation else {
      throw AskFailure(
        .usage,
        say("Nothing is asked of what --add adds. Write a question too, or keep it: --save NAME"))
    }
    return nil
  }

  private func askOnce(_ input: AskInput, in loop: AskLoop) -> ExitStatus {
    var input = input
    (input.conversation, input.name) = (conversation, options.saveName.map { Label($0) })
    let calls = TerminalCallQuestion(output, environment: installation.environment)
    let listener = PlainAsk(
      loop, output, showsCalls: options.showsCalls, askingOn: calls)
    loop.start(newEngine(loop.services, asks: calls != nil), input)
    loop.run()
    tellUsage(of: listener.replies)
    return listener.status
  }

  /// Says what replies took, a line a model.
  private func tellUsage(of replies: [ReplyDetails]) {
    guard options.tellsUsage else { return }
    let sums = UsageLine.sums(of: replies, label: "", installation.catalog)
    guard !sums.isEmpty else { return output.tell(say("The server told no tokens.")) }
    for line in sums { output.tell(line.phrase) }
  }

  private func askEach(_ input: AskInput, in loop: AskLoop) throws(AskFailure) -> ExitStatus {
    let results = try options.resultsFile.map { path throws(AskFailure) in
      try EachResults(path: installation.folders.expand(path))
    }
    var engine = newEngine(loop.services)
    if keepsConversation {
      // One conversation for all: it is opened and named once, and each question begins at its leaf.
      var opening = AskInput(text: nil)
      (opening.conversation, opening.name) = (conversation, options.saveName.map { Label($0) })
      opening.additions = input.additions
      let listener = OpeningAsk(loop, output)
      loop.start(engine, opening)
      loop.run()
      guard let opened = listener.opened, loop.interruption == nil else { return listener.status }
      engine = newEngine(loop.services, opened)
    }
    let each = EachAsk(loop, output, engine, input, options, results)
    each.start()
    loop.run()
    tellUsage(of: each.replies)
    return each.status
  }

  // MARK: - Parts

  /// The stored conversation that was named; nil for a new one.
  private var conversation: ConversationQuery? {
    installation.invocation.start.query
  }

  private var keepsConversation: Bool { conversation != nil || options.saveName != nil }

  private var services: Services {
    let prompt = TerminalKeyPrompt(language: installation.language)
    let directory = ServerDirectory(installation) { prompt.key(of: $0, for: $1) }
    // A question that cannot be stored is not asked: there is nothing to read a store for alone.
    return Services(
      installation, directory: directory, patience: .seconds(10), backupDelay: .zero,
      readsAlone: false)
  }

  private func loop(_ services: Services) throws(AskFailure) -> AskLoop {
    do {
      return try AskLoop(services, output)
    } catch {
      throw AskFailure(.unavailable, error.phrase)
    }
  }

  /// An engine that asks in `opened`, which is stored, or in a conversation of its own.
  private func newEngine(
    _ services: Services, _ opened: Conversation? = nil, asks: Bool = false
  ) -> ChatEngine {
    let isOpening = conversation != nil && opened == nil
    var requests = Run.Options()
    requests.streamsReplies = options.streams && !options.raw
    requests.ignoresRisks = options.ignoresRisks
    // Who has no screen cannot see that a message is not on disk, and would pay for it all the same.
    requests.sendsUnstored = false
    requests.showsPartialPictures = false
    return ChatEngine(
      opened ?? installation.newConversation(at: SystemClock.moment()),
      settings: installation.chatSettings(
        services.directory, isOpening: isOpening,
        lastResort: ChosenModels(path: installation.folders.chosenModels)),
      options: requests, tools: tools(asks: asks), keepsConversation: keepsConversation,
      isStored: opened != nil
    )
  }

  /// What the command line and the configuration say of tools.
  private func tools(asks: Bool) -> Calls.Options {
    var tools = installation.toolOptions
    for name in options.allowedTools {
      // A server's name stands for all of its tools.
      let pattern = tools.servers.contains(name) ? name + "__*" : name
      tools.rules.add(ToolRules.Rule(isAllowed: true, tool: pattern))
    }
    tools.roundLimit = options.roundLimit ?? tools.roundLimit
    tools.budget = options.budget.map { Money(dollars: $0) } ?? tools.budget
    tools.replays = options.replays
    tools.asks = asks
    tools.answersQuestions = false
    return tools
  }

  /// Makes sure that every tool that the command line names is there.
  private func checkTools(in library: ToolLibrary) throws(AskFailure) {
    let names = installation.invocation.tools
    guard !names.isEmpty else { return }
    let known = library.localTools.map(\.name)
    // Whether a server has a tool shows when it is started.
    if let name = names.first(where: {
      !known.contains($0) && library.servers.servers(of: [$0]).isEmpty
    }) {
      throw AskFailure(
        .missingInput, say("There is no tool \(name). iris tools lists those there are."))
    }
  }

  private func pipedPicture(
    _ input: StandardInput, _ services: Services
  ) throws(AskFailure) -> PictureReference {
    let bytes = try input.bytes()
    do {
      return try services.pipeline.keep(
        bytes, name: "standard input", detail: installation.settings.detail)
    } catch {
      throw AskFailure(error.isOfStore ? .cannotWrite : .unusableInput, error.phrase)
    }
  }

  private func close(_ services: Services, after status: ExitStatus) -> ExitStatus {
    guard let ending = Blocking.wait({ await services.close() }) else { return status }
    for news in ending.news { output.tell(news) }
    guard let failure = ending.failure else { return status }
    output.tell(failure)
    return status == .done ? .cannotWrite : status
  }
}
