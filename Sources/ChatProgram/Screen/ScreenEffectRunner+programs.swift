import ChatEngine
import ChatScreen
import Processes

extension ScreenEffectRunner {
  /// The most bytes that are kept of what a command prints: a notice shows less.
  private static let pipeLimit = 16_384
  /// How long a program may take to open an address; a browser that goes on is open by then.
  private static let openingTime = Duration.seconds(3)

  func run(_ effect: ExternalProgramEffect) {
    switch effect {
    case .copy(let text): runner.start(.clipboard) { await self.copy(text) }
    case .pipe(let id, let command, let text):
      runner.start(.pipe(id)) { await self.pipe(text, to: command, as: id) }
    case .stop(let id): runner.cancel(.pipe(id))
    case .open(let address): runner.start(nil) { await self.open(address) }
    }
  }

  private func copy(_ text: String) async {
    let taker = await Clipboard(environment: installation.environment).write(text)
    guard !Task.isCancelled else { return }
    switch taker {
    case .desktop: post(.externalProgram(.copied(text)))
    case .tmux: post(.externalProgram(.copiedToTmux(text)))
    case nil: post(.externalProgram(.notCopied(text)))
    }
  }

  private func pipe(_ text: String, to command: String, as id: Int) async {
    // The shell's own complaints are part of what the user is to see.
    var child = ChildProgram.shell("exec 2>&1\n\(command)", environment: installation.environment)
    child.input = Array(text.utf8)
    child.byteLimit = Self.pipeLimit
    let outcome = await child.runBeside()
    guard !Task.isCancelled else { return }
    let output = String(decoding: outcome.output, as: UTF8.self)
    post(
      .externalProgram(
        .piped(id, PipeOutcome(status: outcome.status, output: output, isCut: outcome.isCut))))
  }

  private func open(_ address: String) async {
    var child = ChildProgram(
      arguments: ["xdg-open", address], environment: installation.environment, input: [],
      output: .nowhere)
    child.timeLimit = Self.openingTime
    child.lateness = .leave
    let outcome = await child.runBeside()
    post(.externalProgram(outcome.status == 0 ? .opened(address) : .notOpened(address)))
  }
}
