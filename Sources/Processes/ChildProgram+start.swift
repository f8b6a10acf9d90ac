import CProcesses

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension ChildProgram {
  /// A child that has begun.
  struct Child {
    let id: pid_t
    /// The terminal's foreground, where it has got that.
    let loan: ForegroundLoan?
  }

  /// Begins it with the child's ends of `pipes`; nil where that cannot be.
  func start(with pipes: Pipes) -> Child? {
    guard output == .terminal, ForegroundLoan.isPossible(of: STDOUT_FILENO) else {
      return start(with: pipes, output == .terminal ? CPROCESSES_BESIDE : CPROCESSES_IN_SESSION)
        .map { Child(id: $0, loan: nil) }
    }
    guard let id = start(with: pipes, CPROCESSES_IN_GROUP) else {
      // One that could not be run may have taken the foreground by then.
      ForegroundLoan.restore(of: STDOUT_FILENO)
      return nil
    }
    return Child(id: id, loan: ForegroundLoan(of: STDOUT_FILENO, to: id))
  }

  private func start(with pipes: Pipes, _ place: cprocesses_place) -> pid_t? {
    var actions = posix_spawn_file_actions_t()
    guard posix_spawn_file_actions_init(&actions) == 0 else { return nil }
    defer { posix_spawn_file_actions_destroy(&actions) }
    var attributes = posix_spawnattr_t()
    guard posix_spawnattr_init(&attributes) == 0 else { return nil }
    defer { posix_spawnattr_destroy(&attributes) }
    guard connect(pipes, by: &actions, place), clear(&attributes, place) else { return nil }
    var child = pid_t()
    let name = arguments.first ?? ""
    let variables = environment.map { "\($0.key)=\($0.value)" }
    let code = withCStrings(arguments) { arguments in
      withCStrings(variables) { variables in
        posix_spawnp(&child, name, &actions, &attributes, arguments, variables)
      }
    }
    return code == 0 ? child : nil
  }

  /// Says which descriptors the child has: no others than the standard ones, whatever libraries
  /// have opened.
  private func connect(
    _ pipes: Pipes, by actions: inout posix_spawn_file_actions_t, _ place: cprocesses_place
  ) -> Bool {
    var codes: [Int32] = []
    if place == CPROCESSES_IN_GROUP {
      codes.append(cprocesses_take_foreground(&actions, STDOUT_FILENO))
    }
    if let read = pipes.childInput {
      codes.append(posix_spawn_file_actions_adddup2(&actions, read, STDIN_FILENO))
    }
    if let write = pipes.childOutput {
      codes.append(posix_spawn_file_actions_adddup2(&actions, write, STDOUT_FILENO))
    }
    if output == .nowhere {
      codes.append(
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0))
    }
    if let write = pipes.childErrors {
      codes.append(posix_spawn_file_actions_adddup2(&actions, write, STDERR_FILENO))
      codes.append(cprocesses_keep_standard(&actions))
      return codes.allSatisfy { $0 == 0 }
    }
    codes.append(
      // Iris's own standard error is a log, while the screen is up.
      output == .terminal
        ? posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO)
        : posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0))
    codes.append(cprocesses_keep_standard(&actions))
    return codes.allSatisfy { $0 == 0 }
  }

  /// Asks for signals as a program expects them, whatever this one has changed, and for its place.
  private func clear(_ attributes: inout posix_spawnattr_t, _ place: cprocesses_place) -> Bool {
    var none = sigset_t()
    var all = sigset_t()
    sigemptyset(&none)
    sigfillset(&all)
    let flags = cprocesses_flags(place)
    return posix_spawnattr_setsigmask(&attributes, &none) == 0
      && posix_spawnattr_setsigdefault(&attributes, &all) == 0
      && posix_spawnattr_setflags(&attributes, flags) == 0
  }
}

/// Lends strings as the null-terminated array that `exec` takes.
package func withCStrings<Result>(
  _ strings: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
) -> Result {
  var pointers: [UnsafeMutablePointer<CChar>?] = strings.map { strdup($0) }
  pointers.append(nil)
  defer { for pointer in pointers { free(pointer) } }
  return pointers.withUnsafeBufferPointer { buffer in
    guard let base = buffer.baseAddress else { return withUnsafePointer(to: nil) { body($0) } }
    return body(base)
  }
}
