/// The version of this program, as `--version` says it and as servers are told it.
package enum ProgramVersion {
  package static let current = "0.1.0"
}
