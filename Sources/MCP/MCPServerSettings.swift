package import ChatAPI
package import Processes

/// What is known of a server before it is started.
package struct MCPServerSettings: Sendable {
  /// Where it runs.
  package enum Place: Sendable {
    /// A program of this machine, with its arguments and the only variables that it gets.
    case program(ChildProgram)
    /// At an address, with the headers, the way and the limits of a server of the web, and who asks it.
    case web(Provider, ChatClient)
  }

  /// The user's name for it.
  package var name: String
  package var place: Place
  /// The tools that are taken; all where it is empty.
  package var included: [String]
  /// How long a call may take without a sign of progress.
  package var callLimit: Duration
  /// How long the server may take to start, or to list its tools.
  package var startLimit: Duration
  /// How long its answer to the first question is waited for: an old server may have none.
  package var probeLimit: Duration

  package init(
    name: String, place: Place, included: [String] = [], callLimit: Duration = .seconds(60),
    startLimit: Duration = .seconds(30), probeLimit: Duration = .seconds(5)
  ) {
    self.name = name
    self.place = place
    self.included = included
    self.callLimit = callLimit
    self.startLimit = startLimit
    self.probeLimit = probeLimit
  }

  /// The host of a server that is on the web; nil for a program of this machine.
  package var host: String? {
    if case .web(let provider, _) = place { provider.name } else { nil }
  }

  func includes(_ tool: String) -> Bool { included.isEmpty || included.contains(tool) }

  /// Starts the program, or makes the way to the address.
  func makeTransport(
    pausing pause: @escaping @Sendable (Duration) async throws -> Void,
    _ onNotice: @escaping @Sendable (RPCMessage) -> Void
  ) throws(MCPError) -> any MessageTransport {
    switch place {
    case .program(let program): try PipeTransport(program, onNotice: onNotice)
    case .web(let provider, let client): WebTransport(provider, client, pausing: pause)
    }
  }
}
