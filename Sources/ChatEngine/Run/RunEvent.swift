/// An order of a face to the run.
package enum RunEvent: Equatable, Sendable {
  /// Asks for a reply to the path in use; one that broke off goes on.
  ///
  /// `isConfirmed` says that the user insists although something was said against it.
  case request(isConfirmed: Bool)
  /// Asks for another reply beside the one at the leaf.
  case retry
  /// Ends the reply in flight: what came stays, marked as stopped.
  case stop
}

extension RunEvent {
  /// Whether the user asks although something may have been said against it.
  var isConfirmed: Bool {
    switch self {
    case .request(let isConfirmed): isConfirmed
    case .retry: true
    case .stop: false
    }
  }
}
