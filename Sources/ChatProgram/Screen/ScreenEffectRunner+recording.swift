import Audio
import ChatAPI
import ChatScreen
import Configuration
import Conversation
import Dispatch
import Files
import Language
import Processes
import Synchronization

/// The recordings that run, by their numbers.
final class RecordingControls: Sendable {
  /// A flag that ends the recorder.
  final class Control: Sendable {
    let isEnded = Atomic(false)
    /// Whether nothing of it is to be kept.
    let isDropped = Atomic(false)
  }

  private let controls = Mutex<[Int: Control]>([:])
  /// Where what was recorded lies that the end of the program broke off.
  private let left = Mutex<[String]>([])

  /// The files of recordings that the end of the program broke off.
  var leftFiles: [String] { left.withLock { $0 } }

  /// Where a recording is that nobody wrote down, and how that is done.
  static func kept(_ path: String) -> Phrase {
    let word = ShellWord(path).description
    return say("The recording is kept in \(path). Write it down: iris transcribe \(word)")
  }

  fileprivate func leave(_ path: String) { left.withLock { $0.append(path) } }

  func begin(_ id: Int) -> Control {
    let control = Control()
    controls.withLock { $0[id] = control }
    return control
  }

  /// Ends a recording; what was recorded is then written down.
  func end(_ id: Int) {
    controls.withLock { $0[id] }?.isEnded.store(true, ordering: .relaxed)
  }

  /// Has a recording be thrown away once its task is cancelled, as the end of the program does not.
  func drop(_ id: Int) {
    controls.withLock { $0[id] }?.isDropped.store(true, ordering: .relaxed)
  }

  fileprivate func forget(_ id: Int) { controls.withLock { $0[id] = nil } }
}

extension ScreenEffectRunner {
  /// Records until it is ended, and has the recording transcribed.
  ///
  /// Where the task is cancelled, the recording is thrown away if it was dropped, and left in the cache
  /// otherwise.
  func record(
    _ id: Int, _ keywords: [String], _ control: RecordingControls.Control,
    beside conversation: String
  ) async {
    defer { recordings.forget(id) }
    let file: RecordingFile
    do throws(FileError) { file = try RecordingFile(in: installation.folders.cache) } catch {
      let failure = AudioError.fileUnwritable(path: error.path, reason: error.reason)
      return post(.sound(.recordingFailed(id, failure.phrase)))
    }
    var words = ""
    do throws(AudioError) {
      try await record(to: file.path, id, control)
      guard !Task.isCancelled else { return breakOff(file, control) }
      post(.sound(.recorded(id)))
      let text = try await transcript(of: file.path, keywords, beside: conversation) { words += $0 }
      file.remove()
      post(.sound(.heard(id, text)))
    } catch {
      guard !Task.isCancelled else { return breakOff(file, control) }
      tell(error, of: id, keeping: file, words)
    }
  }

  /// Tells why a recording was not heard, or not to its end: the words that came before are not lost.
  private func tell(
    _ error: AudioError, of id: Int, keeping file: RecordingFile, _ words: String
  ) {
    let phrase = phrase(of: error, keeping: file)
    guard !words.trimmed.isEmpty else { return post(.sound(.recordingFailed(id, phrase))) }
    post(.sound(.heard(id, words)))
    post(.program(.remarked(phrase, .error)))
  }

  /// What is told of a failure: what was said need not be said again.
  private func phrase(of error: AudioError, keeping file: RecordingFile) -> Phrase {
    let phrase =
      if case .recordingEmpty = error {
        say("Nothing was recorded. /listen records again.")
      } else {
        AskFailure(error).phrase
      }
    return file.keep().map { say("\(phrase) The recording is kept in \($0).") } ?? phrase
  }

  /// Keeps what was recorded when the program ends meanwhile.
  private func breakOff(_ file: RecordingFile, _ control: RecordingControls.Control) {
    guard !control.isDropped.load(ordering: .relaxed) else { return file.remove() }
    if let path = file.keep() { recordings.leave(path) }
  }

  /// Tells of recordings that were left when a program was killed.
  func tellLeftRecordings() {
    runner.start(nil) {
      for path in RecordingFile.keepLeft(in: self.installation.folders.cache) {
        self.post(.program(.remarked(RecordingControls.kept(path), .warning)))
      }
    }
  }

  private func record(
    to path: String, _ id: Int, _ control: RecordingControls.Control
  ) async throws(AudioError) {
    let (name, command) = try recorder()
    var environment = installation.environment
    environment["IRIS_SOUND"] = path
    var child = ChildProgram.shell(Self.heading + command, environment: environment)
    child.input = []
    child.keepsInputOpen = true
    child.output = .nowhere
    child.errorLimit = 2_048
    let outcome = await run(child, until: control) { self.tellLevel(of: path, id) }
    guard !control.isEnded.load(ordering: .relaxed), !Task.isCancelled, outcome.status != 0
    else { return }
    throw .recorderFailed(name: name, words: outcome.lastWords ?? "\(outcome.status)")
  }

  /// What the shell does before it records: it sends the sound to the file, and has the end of this program,
  /// also by `kill -9`, end the recorder, so that no microphone stays on.
  ///
  /// The input ends with this program; whoever waits for that is in the recorder's process group.
  private static let heading = """
    umask 077
    exec 3<&0 < /dev/null > "$IRIS_SOUND"
    { read -r end <&3; kill -TERM 0; } > /dev/null 2>&1 &
    exec 3<&-

    """

  /// The recorder of the configuration, else the first that is installed.
  private func recorder() throws(AudioError) -> (name: String, command: String) {
    // A command of several parts is the shell's own matter.
    if let command = installation.configuration.speech.recorder { return (command, command) }
    let programs = InstalledPrograms(path: installation.environment["PATH"])
    guard let known = Recorder.first(where: programs.contains) else { throw .noRecorder }
    return (known.name, "exec " + known.arguments.joined(separator: " "))
  }

  /// Runs the recorder until it is ended, and calls `tick` now and then.
  private func run(
    _ child: ChildProgram, until control: RecordingControls.Control,
    _ tick: @escaping @Sendable () -> Void
  ) async -> ChildProgram.Outcome {
    let isCancelled = RecordingControls.Control()
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        DispatchQueue(label: "iris.recording").async {
          var turns = 0
          let outcome = child.run {
            turns += 1
            // It looks every 50 ms at the most.
            if turns.isMultiple(of: 4) { tick() }
            return control.isEnded.load(ordering: .relaxed)
              || isCancelled.isEnded.load(ordering: .relaxed)
          }
          continuation.resume(returning: outcome)
        }
      }
    } onCancel: {
      isCancelled.isEnded.store(true, ordering: .relaxed)
    }
  }

  private func tellLevel(of path: String, _ id: Int) {
    guard let level = SoundLevel.level(ofEndOf: path) else { return }
    post(.sound(.level(id, level)))
  }

  private func transcript(
    of path: String, _ keywords: [String], beside conversation: String,
    _ onText: (String) -> Void
  ) async throws(AudioError) -> String {
    let recording = try Recording(path: path)
    let server: SideServer
    do throws(AskFailure) {
      server = try await sideServers.serverBeside(
        for: .transcription, conversation: conversation)
    } catch {
      throw .notAsked(error.phrase)
    }
    if let notice = server.endNotice { post(.sound(.remarked(notice))) }
    let hearing = HearingRun(
      installation: installation, client: runner.client, server: server,
      wishes: HearingWishes(keywords: keywords)
    ) { [post] in post(.sound(.remarked($0))) }
    return try await hearing.heard(in: recording, onText: onText).text
  }
}
