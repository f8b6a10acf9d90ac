import CProcesses

/// The arenas of the C library's allocator (glibc, "Malloc Tunable Parameters").
package enum MemoryArenas {
  /// Has all threads of this program share one.
  ///
  /// Each thread would get its own, and every piece by which one grows is a call of the system: a short
  /// question ran 100 of them, a twentieth of its time. The threads here wait for each other more than
  /// for memory.
  package static func useOne() { cprocesses_use_one_arena() }
}
