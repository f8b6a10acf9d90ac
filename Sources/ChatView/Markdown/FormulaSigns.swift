/// LaTeX's names of single signs, as the signs themselves: `\le` is read as `≤`.
///
/// Only whole names of the table are replaced; all else of a formula stays as it was written.
enum FormulaSigns {
  static func shown(_ formula: String) -> String {
    guard formula.utf8.contains(UInt8(ascii: "\\")) else { return formula }
    var shown = ""
    var rest = formula.unicodeScalars[...]
    while let slash = rest.firstIndex(of: "\\") {
      shown.unicodeScalars += rest[..<slash]
      let name = rest[rest.index(after: slash)...].prefix { isLetter($0) }
      rest = rest[slash...]
      if let sign = signs[String(name)] {
        shown += sign
        rest = rest[name.endIndex...]
      } else {
        // The slash may escape what follows it, such as another slash.
        let end = rest.index(slash, offsetBy: name.isEmpty ? 2 : 1, limitedBy: rest.endIndex)
        shown.unicodeScalars += rest[..<(end ?? rest.endIndex)]
        rest = rest[(end ?? rest.endIndex)...]
      }
    }
    shown.unicodeScalars += rest
    return shown
  }

  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
  }

  private static let signs = table(
    """
    alpha α beta β gamma γ delta δ epsilon ε varepsilon ε zeta ζ eta η theta θ iota ι kappa κ
    lambda λ mu μ nu ν xi ξ pi π rho ρ sigma σ tau τ upsilon υ phi φ varphi φ chi χ psi ψ omega ω
    Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Phi Φ Psi Ψ Omega Ω
    le ≤ leq ≤ ge ≥ geq ≥ ne ≠ neq ≠ ll ≪ gg ≫ approx ≈ equiv ≡ sim ∼ simeq ≃ cong ≅ propto ∝
    times × div ÷ pm ± mp ∓ cdot · ast ∗ circ ∘ oplus ⊕ otimes ⊗ sum ∑ prod ∏ int ∫ oint ∮
    partial ∂ nabla ∇ infty ∞ in ∈ notin ∉ ni ∋ subset ⊂ subseteq ⊆ supset ⊃ supseteq ⊇ cup ∪
    cap ∩ emptyset ∅ varnothing ∅ setminus ∖ forall ∀ exists ∃ neg ¬ lnot ¬ land ∧ wedge ∧ lor ∨
    vee ∨ to → rightarrow → leftarrow ← Rightarrow ⇒ Leftarrow ⇐ implies ⇒ iff ⇔
    Leftrightarrow ⇔ leftrightarrow ↔ mapsto ↦ uparrow ↑ downarrow ↓ ldots … dots … cdots ⋯
    vdots ⋮ prime ′ angle ∠ perp ⊥ parallel ∥ mid ∣ langle ⟨ rangle ⟩ lfloor ⌊ rfloor ⌋ lceil ⌈
    rceil ⌉ hbar ℏ ell ℓ Re ℜ Im ℑ aleph ℵ deg °
    """)

  private static func table(_ text: String) -> [String: String] {
    let words = text.split { $0 == " " || $0 == "\n" }.map(String.init)
    let pairs = stride(from: 0, to: words.count - 1, by: 2).map { (words[$0], words[$0 + 1]) }
    return Dictionary(pairs) { first, _ in first }
  }
}
