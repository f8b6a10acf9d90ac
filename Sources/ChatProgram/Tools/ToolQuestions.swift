import ChatEngine
import Conversation
import Synchronization

/// The questions of tools' servers that wait for the user.
///
/// May be used from any task. Cancelling the task that asks answers its question.
final class ToolQuestions: Sendable {
  private struct State {
    var count = 0
    var waiting: [ToolQuestion.ID: CheckedContinuation<ElicitationAnswer, Never>] = [:]
    /// Answered before anybody waited.
    var early: [ToolQuestion.ID: ElicitationAnswer] = [:]
  }

  private let state = Mutex(State())

  /// Puts a question, which `tell` shows under its number, and waits for the answer.
  func ask(_ tell: (ToolQuestion.ID) -> Void) async -> ElicitationAnswer {
    let id = state.withLock { state in
      state.count += 1
      return state.count
    }
    tell(id)
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let answer = state.withLock { state -> ElicitationAnswer? in
          if let answer = state.early.removeValue(forKey: id) { return answer }
          state.waiting[id] = continuation
          return nil
        }
        if let answer { continuation.resume(returning: answer) }
      }
    } onCancel: {
      answer(id, .cancel)
    }
  }

  /// Answers a question; one that is answered already stays so.
  func answer(_ id: ToolQuestion.ID, _ answer: ElicitationAnswer) {
    let continuation = state.withLock { state in
      let continuation = state.waiting.removeValue(forKey: id)
      if continuation == nil, id <= state.count { state.early[id] = state.early[id] ?? answer }
      return continuation
    }
    continuation?.resume(returning: answer)
  }
}
