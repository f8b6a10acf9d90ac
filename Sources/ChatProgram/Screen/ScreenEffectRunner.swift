import ChatEngine
import ChatScreen
import Configuration
import Files
import Language

/// Carries out what the screen asks for beside its engine: drawings of pictures, other programs, keys,
/// a look for servers of this machine.
///
/// Its tasks are kept with those of the engine's runner. May be called from the main thread only.
final class ScreenEffectRunner: Sendable {
  let runner: EffectRunner
  let post: @Sendable (ChatEvent) -> Void
  let speeches = SpeechQueues()
  let recordings = RecordingControls()
  var installation: Installation { runner.installation }
  var directory: ServerDirectory { runner.directory }

  init(_ runner: EffectRunner, post: @escaping @Sendable (ChatEvent) -> Void) {
    self.runner = runner
    self.post = post
  }

  /// Begins an effect; orders to the terminal and the composer are the loop's own.
  ///
  /// `means` is what the terminal's cells can show.
  func run(_ effect: ChatEffect, means: CellMeans) {
    switch effect {
    case .engine(let effect): runner.run(effect)
    case .preview(let effect): run(effect, means: means)
    case .externalProgram(let effect): run(effect)
    case .sound(let effect): run(effect)
    case .meaning(let effect): run(effect)
    case .keepModel(let model, let provider):
      runner.start(nil) { self.keepModel(model, for: provider) }
    case .checkKey(let provider): checkKey(of: provider)
    case .findLocalServers: findLocalServers()
    case .saveFile(let media, let path): runner.start(nil) { self.save(media, to: path) }
    case .countTokens(let request): runner.start(nil) { await self.count(request) }
    case .serverFiles(.stop): runner.cancel(.serverFiles)
    case .serverFiles(.pruneAll): runner.start(nil) { await self.run(.pruneAll) }
    case .serverFiles(let effect): runner.start(.serverFiles) { await self.run(effect) }
    case .readSchema(let path): runner.start(nil) { self.readSchema(at: path) }
    case .composer, .terminal, .quit: break
    }
  }

  /// Keeps the model that was chosen; that it could not be kept would show only at the next start.
  private func keepModel(_ model: String, for provider: String) {
    do throws(FileError) {
      try ChosenModels.keep(model, for: provider, at: installation.folders.chosenModels)
    } catch {
      let phrase = say(
        "The model is chosen for now alone: \(error.path) cannot be written (\(error.reason)). Check its folder."
      )
      post(.program(.remarked(phrase, .warning)))
    }
  }

  /// Looks for model servers on this machine, to offer them in the demo's place.
  private func findLocalServers() {
    let servers = LocalServers(
      directory: directory, client: runner.client, environment: installation.environment)
    runner.start(nil) { self.post(.program(.foundLocally(await servers.running()))) }
  }

  private func run(_ effect: PreviewEffect, means: CellMeans) {
    switch effect {
    case .draw(let key, let reference, let targetModel):
      runner.start(nil) { await self.preview(key, reference, for: targetModel, means: means) }
    case .keepMask(let order): runner.start(nil) { await self.keepMask(order) }
    case .view(let order): runner.start(.view) { await self.view(order, means: means) }
    }
  }
}
