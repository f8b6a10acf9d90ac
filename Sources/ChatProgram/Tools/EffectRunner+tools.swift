import ChatEngine
import Conversation
import Files
import Language
import MCP
import Secrets
import Synchronization
import Tools

extension EffectRunner {
  /// Begins what is to be done about tools; calls run side by side.
  func run(_ effect: ToolEffect) {
    switch effect {
    case .list(let scope): start(nil) { await self.listTools(scope) }
    case .run(let run):
      start(.call(run.key)) {
        let runner = ToolRunner(services: self.services, context: self.callContext(of: run.key))
        let result = await runner.result(of: run)
        guard !Task.isCancelled else { return }
        self.post(.tool(.finished(run.key, result)))
      }
    case .cancel(let key): cancel(.call(key))
    case .keep(let rule): start(nil) { self.keep(rule) }
    case .answer(let id, let answer): questions.answer(id, answer)
    }
  }

  func listTools(_ scope: ToolScope) async {
    let listing = await services.toolLibrary.list(scope)
    post(.tool(.listed(listing.tools, problems: listing.problems, isWhole: scope == .all)))
  }

  /// The definitions of the tools that a request offers; servers of theirs are started, and what of them
  /// cannot be used is told.
  func definitions(for request: ReplyRequest) async -> [ToolDefinition] {
    guard !request.tools.isEmpty else { return [] }
    let library = services.toolLibrary
    let (definitions, listing) = await library.definitions(
      named: request.tools, under: request.toolRules)
    if !library.servers.servers(of: request.tools).isEmpty {
      post(.tool(.listed(listing.tools, problems: listing.problems, isWhole: false)))
    }
    return definitions
  }

  /// What a call tells and asks while it is made.
  private func callContext(of key: CallKey) -> MCPServer.CallContext {
    let pace = ProgressPace()
    return MCPServer.CallContext(
      progress: { words in
        guard pace.allows() else { return }
        self.post(.tool(.progress(key, KnownSecrets.ofProcess.redaction.redacting(words))))
      },
      ask: { elicitation in
        await self.questions.ask { id in
          self.post(.tool(.asked(ToolQuestion(id: id, call: key, elicitation))))
        }
      })
  }

  private func keep(_ rule: ToolRules.Rule) {
    do throws(FileError) {
      try ToolRules.add(rule, in: installation.folders)
    } catch {
      let reason = FileError.reason(of: error.code)
      post(
        .tool(
          .rulesFailed(
            say("\(error.path) cannot be written: \(reason). The rule holds until Iris ends."))))
    }
  }
}

/// Lets a server tell of progress ten times a second at most: who reads it cannot see more.
private final class ProgressPace: Sendable {
  private let last = Mutex<ContinuousClock.Instant?>(nil)

  func allows() -> Bool {
    let now = ContinuousClock.now
    return last.withLock { last in
      if let time = last, time.duration(to: now) < .milliseconds(100) { return false }
      last = now
      return true
    }
  }
}
