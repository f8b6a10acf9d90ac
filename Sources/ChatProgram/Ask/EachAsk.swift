import ChatEngine
import Conversation
import Files
import Language
import ModelCatalog

/// `--each`: one question about many pictures, each by itself.
///
/// What fails is told and gone past. Several go side by side, as many as the server takes; text comes
/// out in the order of the pictures, JSON lines in the order of the ends.
final class EachAsk: AskListener {
  private let loop: AskLoop
  private let output: AskOutput
  private let input: AskInput
  private let options: AskOptions
  private let results: EachResults?
  /// The engine with which each question begins.
  private var base: ChatEngine
  private var items: [EachItem] = []
  /// The items that are still to be asked about, in order.
  private var waiting: [Int] = []
  /// The item of each session, by the session's number.
  private var running: [Int: Int] = [:]
  private var pacing: EachPacing
  private var text = EachText(names: [])
  /// How many questions in a row could not reach the server.
  private var unreachable = 0
  /// Whether no more questions are begun, for all would fail.
  private var hasGivenUp = false
  private var couldNotWrite = false
  private var alarmIsSet = false
  private let startedAt = SystemClock.uptime()

  /// How often a picture is asked about while the server says that it takes no more requests.
  private static let mostAttempts = 4
  /// How many questions in a row may fail to reach the server.
  private static let mostUnreachable = 3

  init(
    _ loop: AskLoop, _ output: AskOutput, _ base: ChatEngine, _ input: AskInput,
    _ options: AskOptions, _ results: EachResults?
  ) {
    self.loop = loop
    self.output = output
    self.base = base
    self.input = input
    self.options = options
    self.results = results
    pacing = EachPacing(most: options.parallelism)
    loop.listener = self
  }

  /// Finds the pictures and begins with the first questions.
  func start() {
    items = input.pictures.map(EachItem.init(picture:)) + input.sources.flatMap(found)
    text = EachText(names: items.map(\.name))
    waiting = items.indices.filter { items[$0].result == nil && !isDone(items[$0]) }
    for index in items.indices where items[index].result != nil { write(index) }
    let left = items.count { $0.result == nil } - waiting.count
    if left > 0 { output.tell(say("Pictures whose results are there already: \(left).")) }
    startMore()
  }

  /// 0 where every picture has a reply; else what failed, where all failed alike.
  var status: ExitStatus {
    if let interruption = loop.interruption { return interruption.status }
    if couldNotWrite { return .cannotWrite }
    let failures = Set(items.compactMap(\.result?.status)).subtracting([.done])
    guard let first = failures.first else { return .done }
    return failures.count == 1 ? first : .unavailable
  }

  // MARK: - What comes

  func session(_ session: AskSession, said text: String) {
    guard !options.raw, !options.jsonLines, let index = running[session.number] else { return }
    emit(self.text.add(text, of: index))
  }

  func session(_ session: AskSession, received object: String) {
    guard options.raw, !options.jsonLines, let index = running[session.number] else { return }
    emit(text.add(object + "\n", of: index))
  }

  func session(_ session: AskSession, reported report: EngineReport) {
    guard let index = running[session.number] else { return }
    if case .retrying(let delay, _) = report {
      pacing.backOff(until: SystemClock.uptime() + delay)
    }
    if isToBeRepeated(session, index) { return }
    let sentences = AskSentences(
      defaultProvider: loop.services.directory.defaultName, pictures: session.pictures,
      in: session.engine)
    guard let phrase = sentences.phrase(of: report) else { return }
    if report.status != nil { items[index].errors.append(phrase) }
    // What is told of a picture names it already.
    switch report {
    case .picturesMissing, .pictureFailed, .pictureReady, .pictureTiled: output.tell(phrase)
    default: output.tell(say("\(items[index].name): \(phrase)"))
    }
  }

  func sessionEnded(_ session: AskSession) {
    guard let index = running.removeValue(forKey: session.number) else { return }
    if base.conversation.model == nil, let model = session.engine.target.modelName {
      // The others begin with it; nothing is written for this one, which asks nothing itself.
      _ = base.handle(.settings(.model(model)), at: SystemClock.moment())
    }
    items[index].replies += session.replies
    if isToBeRepeated(session, index) {
      waiting.insert(index, at: 0)
      let pause = Int64(1000) << Int64(items[index].attempts)
      pacing.backOff(until: SystemClock.uptime() + pause)
    } else if loop.interruption == nil, !output.isClosed {
      items[index].result = result(of: session, items[index])
      judge(session)
      write(index)
    }
    startMore()
  }

  func timeHasCome() {
    alarmIsSet = false
    startMore()
  }

  // MARK: - Parts

  /// The pictures that one argument names; one that names none is an item that has failed.
  private func found(_ source: String) -> [EachItem] {
    do {
      return try loop.services.finder.sources(words: [source], whole: "").map(EachItem.init)
    } catch {
      output.tell(error.phrase)
      var item = EachItem(source: source)
      item.result = EachResult(status: .missingInput, error: error.phrase.text())
      return [item]
    }
  }

  private func startMore() {
    while let next = waiting.first, !hasGivenUp, loop.interruption == nil, !output.isClosed {
      let now = SystemClock.uptime()
      guard pacing.allowsAnother(beside: running.count, at: now) else {
        wake(at: pacing.pausedUntil, now)
        break
      }
      waiting.removeFirst()
      items[next].attempts += 1
      running[loop.nextNumber] = next
      loop.start(base, items[next].input(input))
    }
    showProgress()
    guard running.isEmpty, !alarmIsSet else { return }
    output.hideProgress()
    guard hasGivenUp, !waiting.isEmpty else { return }
    let count = waiting.count
    output.tell(
      results == nil
        ? say("Pictures that were not asked about: \(count).")
        : say("Pictures that were not asked about: \(count). The same command goes on with them."))
    waiting = []
  }

  /// What is known of the replies that came in this run, in the order of the pictures.
  var replies: [ReplyDetails] { items.flatMap(\.replies) }

  private func wake(at uptime: Int64, _ now: Int64) {
    guard !alarmIsSet, uptime > now else { return }
    alarmIsSet = true
    loop.call(after: uptime - now)
  }

  /// Whether the server only took no more requests, and the picture is asked about again.
  private func isToBeRepeated(_ session: AskSession, _ index: Int) -> Bool {
    guard loop.interruption == nil, items[index].attempts < Self.mostAttempts,
      case .failed(let failure) = session.engine.run.outcome
    else { return false }
    return failure.kind == .rateLimited && session.replyText.isEmpty
  }

  private func result(of session: AskSession, _ item: EachItem) -> EachResult {
    let text = session.replyText
    let sums = UsageLine.sums(of: item.replies, label: "", session.engine.settings.catalog)
    let usages = sums.map(\.usage)
    let costs = sums.compactMap(\.cost)
    return EachResult(
      status: session.status, reply: text.isEmpty ? nil : text,
      error: session.status == .done
        ? nil : item.errors.map { $0.text() }.joined(separator: " "),
      details: session.replyDetails, usage: usages.first.map { usages.dropFirst().reduce($0, +) },
      dollars: costs.isEmpty || costs.count < sums.count
        ? nil : costs.reduce(0) { $0 + $1.dollars })
  }

  /// Gives up where what failed would fail for every picture.
  private func judge(_ session: AskSession) {
    if case .failed(let failure) = session.engine.run.outcome, failure.kind == .unreachable {
      unreachable += 1
    } else {
      unreachable = 0
    }
    if session.status == .done { pacing.succeed() }
    let isHopeless = [.keyRefused, .usage].contains(session.status)
    hasGivenUp = hasGivenUp || isHopeless || unreachable >= Self.mostUnreachable
  }

  private func emit(_ text: String) {
    output.write(whole: text)
    if output.isClosed { loop.stop(.asked) }
  }

  /// Puts out what became of an item.
  private func write(_ index: Int) {
    guard options.jsonLines, let result = items[index].result else { return emit(text.end(index)) }
    let line = result.line(key(of: items[index], model: result.details?.model))
    guard let results else { return emit(line) }
    do {
      try results.add(line)
    } catch {
      couldNotWrite = true
      hasGivenUp = true
      output.tell(
        say("The results cannot be written: \(error.reason). Free some space, then go on."))
      loop.stop(.asked)
    }
  }

  private func isDone(_ item: EachItem) -> Bool {
    results?.done.contains(key(of: item, model: nil)) ?? false
  }

  private func key(of item: EachItem, model: String?) -> EachResults.Key {
    EachResults.Key(
      image: item.name, prompt: input.text ?? "", model: model ?? base.target.modelName ?? "")
  }

  private func showProgress() {
    guard output.errorsAreTerminal, results != nil || !output.isTerminal, items.count > 1 else {
      return
    }
    let progress = EachProgress(
      items: items, waiting: waiting.count + running.count,
      elapsed: SystemClock.uptime() - startedAt)
    output.show(progress: progress.phrase)
  }
}
