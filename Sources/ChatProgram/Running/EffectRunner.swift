import ChatAPI
package import ChatEngine
import Configuration
import Conversation
import ConversationStore
import Language
import Pictures
import Synchronization

/// Carries out the effects of one engine, and posts what came of them; every task of theirs is kept
/// until it has ended.
///
/// What touches the store runs in order, one after another; replies and pictures run beside it.
/// May be called from the main thread only; its tasks run anywhere.
package final class EffectRunner: Sendable {
  /// What a task is kept under, until it ends or is cancelled.
  enum TaskKey: Hashable {
    case reply(ReplyID)
    case picture(AttachmentID)
    case call(CallKey)
    /// The picture over the whole screen, of which only the last order counts.
    case view
    /// The clipboard, of which only the last text counts.
    case clipboard
    /// The command of a `/pipe`.
    case pipe(Int)
    case speech(Int)
    case recording(Int)
    /// A list of voices, of which only the last order counts.
    case voices
    /// A search by meaning, with the vectors that it needs.
    case meaning
    /// What a server is asked about its files, of which only the last question counts.
    case serverFiles
    /// The file that is read into the store.
    case fileImport
    /// A file that is written: leaving waits for it.
    case export(Int)
    case other(Int)
  }

  let post: @Sendable (EngineEvent) -> Void
  /// Waits until what was posted has been taken, or nearly: for whoever posts a stream.
  let waitForRoom: @Sendable () async -> Void
  let services: Services
  let questions = ToolQuestions()
  var installation: Installation { services.installation }
  var directory: ServerDirectory { services.directory }
  var client: ChatClient { services.client }
  var pipeline: ImagePipeline { services.pipeline }
  var pictureQueue: PictureQueue { services.pictureQueue }
  var finder: PictureFinder { services.finder }
  var fetcher: PictureFetcher {
    PictureFetcher(client: client, pipeline: pipeline, installation: installation)
  }
  private typealias Job = (number: Int, task: Task<Void, Never>)
  private let tasks = Mutex<(running: [TaskKey: Job], count: Int)>(([:], 0))
  private let storeQueue: AsyncStream<StoreEffect>.Continuation
  private let storeTask: Task<Void, Never>
  let interpreter: StoreInterpreter

  package init(
    _ services: Services, waitForRoom: @escaping @Sendable () async -> Void = {},
    post: @escaping @Sendable (EngineEvent) -> Void
  ) {
    self.services = services
    self.waitForRoom = waitForRoom
    self.post = post
    services.toolLibrary.servers.tellChanges { post(.tool(.changed(server: $0))) }
    // Unbounded, in order: the state paces what it asks for.
    let (effects, queue) = AsyncStream.makeStream(of: StoreEffect.self)
    storeQueue = queue
    let installation = services.installation
    let files = ConversationFiles(
      directory: services.directory, pipeline: services.pipeline, folders: installation.folders,
      learnedRules: { services.client.learnedRules },
      tools: ConversationTools(
        installation: installation, library: services.toolLibrary, directory: services.directory,
        client: services.client))
    let interpreter = StoreInterpreter(
      storeHandle: services.storeHandle, files: files, catalog: installation.catalog, post: post,
      ledger: RequestLedger(folder: installation.folders.data))
    self.interpreter = interpreter
    storeTask = Task.detached(executorPreference: QuietExecutor.ofTasks) {
      for await effect in effects { await interpreter.run(effect) }
    }
  }

  /// Begins an effect; wake-ups and reports are the loop's own.
  package func run(_ effect: EngineEffect) {
    switch effect {
    case .reply(.request(let request)): start(.reply(request.id)) { await self.reply(to: request) }
    case .reply(.cancel(let id)): cancel(.reply(id))
    case .store(let effect): run(effect)
    case .picture(let effect): run(effect)
    case .tool(let effect): run(effect)
    case .listModels(let provider): start(nil) { await self.listModels(of: provider) }
    case .chooseCall(let api, let provider): directory.use(api, for: provider)
    case .learnPictures(let takesPictures, let model, let provider):
      start(nil) { await self.learn(takesPictures: takesPictures, for: model, at: provider) }
    case .forgetLearned(let provider, let model):
      start(nil) { await self.forgetLearned(of: model, at: provider) }
    case .wake, .report: break
    }
  }

  private func run(_ effect: PictureEffect) {
    switch effect {
    case .find(let request, let words, let whole):
      start(nil) { self.findPictures(words, whole: whole, for: request) }
    case .paste(let request): start(nil) { await self.paste(for: request) }
    case .prepare(let id, let origin, let detail, let targetModel):
      start(.picture(id)) { await self.prepare(id, origin, detail: detail, for: targetModel) }
    case .cancel(let id): cancel(.picture(id))
    }
  }

  /// What writes and reads files goes beside the store's queue, so that what is typed meanwhile is
  /// stored.
  private func run(_ effect: StoreEffect) {
    switch effect {
    case .importFile: start(.fileImport) { await self.interpreter.run(effect) }
    case .cancelImport: cancel(.fileImport)
    case .export:
      let number = tasks.withLock { $0.count }
      start(.export(number)) { await self.interpreter.run(effect) }
    default: storeQueue.yield(effect)
    }
  }

  /// Waits until the store has written all, and everything else is cancelled and has ended.
  package func finish() async {
    storeQueue.finish()
    let running = tasks.withLock { $0.running }
    for (key, job) in running where !key.isAwaited { job.task.cancel() }
    for job in running.values { await job.task.value }
    await storeTask.value
  }

  /// Finishes beside the caller, and then calls `body`, on any thread.
  func finish(then body: @escaping @Sendable () async -> Void) {
    Task.detached(executorPreference: QuietExecutor.ofTasks) {
      await self.finish()
      await body()
    }
  }

  // MARK: - Tasks

  /// Begins a piece of work; under a key that is in use it takes the place of the other, which is
  /// cancelled.
  func start(_ key: TaskKey?, _ work: @escaping @Sendable () async -> Void) {
    tasks.withLock { tasks in
      tasks.count += 1
      let number = tasks.count
      let key = key ?? .other(number)
      let task = Task.detached(executorPreference: QuietExecutor.ofTasks) {
        await work()
        self.forget(key, number)
      }
      guard let former = tasks.running.updateValue((number, task), forKey: key) else { return }
      former.task.cancel()
      tasks.running[.other(former.number)] = former
    }
  }

  /// Takes a piece of work that has ended off the list, whether it still is its key's or another
  /// took its place.
  private func forget(_ key: TaskKey, _ number: Int) {
    tasks.withLock { tasks in
      let isInPlace = tasks.running[key]?.number == number
      tasks.running[isInPlace ? key : .other(number)] = nil
    }
  }

  /// Cancels a piece of work; it stays on the list until it has ended, and is waited for at the end.
  func cancel(_ key: TaskKey) {
    tasks.withLock { $0.running[key] }?.task.cancel()
  }
}

extension EffectRunner.TaskKey {
  /// Whether it goes on to its end when the program is left.
  fileprivate var isAwaited: Bool {
    if case .export = self { true } else { false }
  }
}
