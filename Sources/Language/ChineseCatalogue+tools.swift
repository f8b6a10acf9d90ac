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
    "The call of %@ has no result: it was not made.": "对 %@ 的调用没有结果：没有执行。",
    "The call of %@ has no result: the program was ended while it ran.":
      "对 %@ 的调用没有结果：程序在它运行时被结束了。",
    "The model used tools 1 time in a row: that is the limit.": "模型已连续使用工具 1 次，到了上限。",
    "The model used tools %@ times in a row: that is the limit.": "模型已连续使用工具 %@ 次，到了上限。",
    "There is no tool %@. iris tools lists those there are.": "没有工具 %@。iris tools 会列出现有的工具。",
    "%@ cannot be written: %@. The rule holds until Iris ends.":
      "无法写入 %@：%@。这条规则在 Iris 结束前有效。",
    "%@ is not allowed here, since nobody can be asked. --allow %@ allows it.":
      "这里无人可问，所以不允许 %@。用 --allow %@ 允许它。",
    "%@ Raise it with --rounds.": "%@用 --rounds 提高。",
    "Stopped: every call has an answer. /send lets the model go on.":
      "已停止：每个调用都有了答复。/send 让模型继续。",
    "These arguments are no JSON object. Mend them, or leave with Esc.":
      "这些参数不是 JSON 对象。请修改，或按 Esc 离开。",
    "%@ /send asks what becomes of it.": "%@/send 会问如何处理它。",
    "Tools": "工具",
    "lists the tools that the model may be given, or gives it one": "列出可以交给模型的工具，或交给它一个",
    "makes calls of a tool unasked from now on; * in a pattern stands for anything":
      "今后不再询问就执行某工具的调用；模式中的 * 表示任意内容",
    "gives the model a tool never again, until it is allowed": "不再把某工具交给模型，直到再次允许",
    "says how often in a row calls are answered before the model waits for you; 0: no limit":
      "设定连续答复多少次调用后等您；0：不限",
    "There is no tool %@. /tools lists those there are.": "没有工具 %@。/tools 会列出现有的工具。",
    "The model may call %@ from the next request on.": "从下一个请求起，模型可以调用 %@。",
    "The model may not call %@ any more.": "模型不能再调用 %@。",
    "denied": "已禁止",
    "allowed": "已允许",
    "asks always": "每次询问",
    "asks once": "询问一次",
    "asks never": "从不询问",
    "This rule is written down: %@": "已写下这条规则：%@",
    "Nothing is allowed or denied for good. /allow TOOL makes calls unasked.":
      "没有长期允许或禁止的工具。/allow TOOL 使调用不再询问。",
    "Tools that are allowed and denied": "允许和禁止的工具",
    "Calls are answered %@ times in a row; 0: no limit.": "连续答复调用 %@ 次；0：不限。",
    "shows or hides the arguments and results of tools": "显示或隐藏工具的参数和结果",
    "… PageDown shows %@ more rows": "… PageDown 显示另外 %@ 行",
    "The model asks to call %@:": "模型请求调用 %@：",
    "The model asks to make %@ calls:": "模型请求执行 %@ 个调用：",
    "It was begun before and has no result: it may have been made already.":
      "它曾经开始而没有结果：可能已经执行过。",
    "runs inside Iris; the result goes to the model": "在 Iris 内运行；结果交给模型",
    "runs %@ here, with your rights; the result goes to the model":
      "在本机以您的权限运行 %@；结果交给模型",
    "runs on the server %@ on this machine": "在本机的服务器 %@ 上运行",
    "sends the arguments to %@ (%@)": "把参数发送到 %@（%@）",
    "y once, c in this conversation, a always, e edits, n no, r no with a reason, Esc stops all":
      "y 一次，c 本对话，a 总是，e 修改，n 否，r 否并说明原因，Esc 全部停止",
    "the tools that a model may be given: programs in `~/.config/iris/tools`, and Iris's own":
      "可以交给模型的工具：`~/.config/iris/tools` 里的程序，以及 Iris 自带的",
    "a tool that the model may call; may be repeated": "模型可以调用的工具；可重复",
    "a tool whose calls are made unasked; else, without a screen, a call that asks is not made":
      "不询问就执行其调用的工具；否则没有屏幕时，需要询问的调用不会执行",
    "how often in a row calls of tools are answered; 0: no limit": "连续答复工具调用多少次；0：不限",
    "makes no call: the conversation's recorded results stand in their place":
      "不执行调用：用对话中记录的结果代替",
    "tells calls of tools on standard error": "在标准错误上显示工具调用",
    "y once, n no, Esc stops all": "y 一次，n 否，Esc 全部停止",
    "Why not? Enter tells it to the model, Esc goes back.": "为什么不？Enter 告诉模型，Esc 返回。",
    "Enter makes the call with these arguments, Esc goes back.": "Enter 用这些参数执行调用，Esc 返回。",
    "looking for tools": "正在查找工具",
    "waiting for your answer": "等待您的答复",
    "%@ calls run, %@ s, Esc stops": "%@ 个调用在运行，%@ 秒，Esc 停止",
    "%@ runs, %@ s, Esc stops": "%@ 在运行，%@ 秒，Esc 停止",
    "%@ runs, %@ s: %@": "%@ 在运行，%@ 秒：%@",
    "1 result, Ctrl-X t shows it": "1 个结果，Ctrl-X t 显示",
    "%@ results, Ctrl-X t shows them": "%@ 个结果，Ctrl-X t 显示",
    "cut off while calls ran, /send asks about them": "调用运行时中断，/send 会询问",
  ]
}
