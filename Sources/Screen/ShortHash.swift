/// A short number made of a text, the same in every run: FNV-1a with 32 bits (Fowler, Noll, Vo).
///
/// Few texts share one; nobody is kept from finding two that do.
func shortHash(of text: String) -> UInt32 {
  text.utf8.reduce(0x811C_9DC5) { ($0 ^ UInt32($1)) &* 0x0100_0193 }
}
