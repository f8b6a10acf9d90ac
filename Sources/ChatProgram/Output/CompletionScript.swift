/// The script by which a shell completes the program's command line, with what the argument parser leaves
/// out.
///
/// One call stands for the program's own name. The package (swift-argument-parser 1.8) offers the options of
/// that call behind its name alone.
package struct CompletionScript {
  package private(set) var text: String

  /// The script as the package wrote it, with the options of `call` behind the name of `program` too.
  ///
  /// One that is written otherwise than is known stays as it is.
  package init(_ script: String, of program: String, withoutName call: String) {
    text = script
    add(
      Self.block("[[ \"${COMP_WORDS[1]}\" = -* ]]", program, call),
      before: "    __\(program)_offer_flags_options 0\n", in: "\n_\(program)() {\n")
    add(
      Self.block("[[ \"${words[2]}\" = -* ]]", program, call),
      before: "    _arguments -w -s -S : \"${arg_specs[@]}\" && ret=0\n", in: "\n_\(program)() {\n")
    add(
      Self.fishBlock(call), before: "    switch $unparsed_tokens[1]\n",
      in: "\nfunction __\(program)_parse_tokens -S\n")
  }

  /// Goes over to the call where an option stands behind the program's name, in bash and zsh.
  private static func block(_ condition: String, _ program: String, _ call: String) -> String {
    """
        # A call that need not be named.
        if \(condition); then
            _\(program)_\(call)
            return
        fi

    """
  }

  /// The same in fish: the name of the call is put where it may be left out.
  private static func fishBlock(_ call: String) -> String {
    """
        # A call that need not be named.
        set -l words $unparsed_tokens[2..] (commandline -ct)
        if string match -q -- '-*' "$words[1]"
            set unparsed_tokens $unparsed_tokens[1] \(call) $unparsed_tokens[2..]
        end

    """
  }

  /// Adds lines before the first `line` of the function that begins so.
  private mutating func add(_ lines: String, before line: String, in function: String) {
    guard let start = text.firstRange(of: function)?.upperBound,
      let place = text[start...].firstRange(of: line)
    else { return }
    let end = text[start...].firstRange(of: "\n}\n") ?? text[start...].firstRange(of: "\nend\n")
    guard end.map({ place.lowerBound < $0.lowerBound }) ?? false else { return }
    text.insert(contentsOf: lines, at: place.lowerBound)
  }
}
