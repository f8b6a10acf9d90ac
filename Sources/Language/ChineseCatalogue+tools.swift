extension ChineseCatalogue {
  /// Tools: where they come from, what is asked before a call, what became of it.
  static let tools: [String: String] = [
    "%@ cannot be read: %@. The tool is left out.": "无法读取 %@：%@。已略过这个工具。",
    "%@ is no YAML. The tool is left out: mend the file.": "%@ 不是 YAML。已略过这个工具：请修正该文件。",
    "%@ holds nothing by name, expected lines like “description: …”.":
      "%@ 里没有按名称写的内容，应有“description: …”这样的行。",
    "parameters in %@ is no JSON Schema, expected an object with “type: object”.":
      "%@ 里的 parameters 不是 JSON Schema，应为带“type: object”的对象。",
    "ask in %@ is none of always, once and never.": "%@ 里的 ask 不是 always、once 或 never。",
    "timeout in %@ is no number of seconds above 0 and up to 86400.":
      "%@ 里的 timeout 不是大于 0、至多 86400 的秒数。",
    "There is no setting %@ in %@, expected description, parameters, ask or timeout.":
      "没有 %@ 这一项（在 %@ 里），应为 description、parameters、ask 或 timeout。",
    "%@ cannot be read: %@.": "无法读取 %@：%@。",
    "%@ is no program that may be run. Run: chmod +x %@": "%@ 不是可执行的程序。请运行：chmod +x %@",
    "There is no program %@ beside %@/%@.yaml. The tool is left out.":
      "没有程序 %@（应在 %@/%@.yaml 旁边）。已略过这个工具。",
    "%@ is no list of functions. Build it again.": "%@ 不是函数列表。请重新构建。",
    "A function in %@/%@ has no name. It is left out.": "%@/%@ 里有一个函数没有名称，已略过。",
    "There is no program %@, which %@ names. Build the functions again.":
      "没有程序 %@，而 %@ 里写了它。请重新构建这些函数。",
    "There are two tools called %@: %@ is left out.": "有两个名为 %@ 的工具：已略过 %@。",
  ]
}
