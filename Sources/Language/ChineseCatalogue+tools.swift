extension ChineseCatalogue {
  /// Tools: where they come from, what is asked before a call, what became of it.
  static let tools: [String: String] = [
    "%@ The server did not tell the id of the library %@: put it in the place of the name (iris library list --json).":
      "%1 服务器未给出资料库 %2 的 id：请用它替换名称（iris library list --json）。",
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
    "%@ cannot be read: %@. Until it can, no tool is offered.": "无法读取 %@：%@。在能读取之前不提供任何工具。",
    "%@, line %@, is no rule: expected “allow TOOL [PATTERN]” or “deny TOOL”. It is passed over.":
      "%@ 第 %@ 行不是规则：应为“allow 工具 [模式]”或“deny 工具”。已略过这一行。",
    "for you alone": "仅供你看",
    "%@, for you alone: %@": "%@，仅供你看：%@",
    "Tools": "工具",
    "lists the tools that the model may be given, or gives it one": "列出可以交给模型的工具，或交给它一个",
    "makes calls of a tool unasked from now on; * in a pattern stands for anything":
      "今后不再询问就执行某工具的调用；模式中的 * 表示任意内容",
    "gives the model a tool never again, until it is allowed": "不再把某工具交给模型，直到再次允许",
    "says how often in a row calls are answered before the model waits for you; 0: no limit":
      "设定连续答复多少次调用后等你；0：不限",
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
      "在本机以你的权限运行 %@；结果交给模型",
    "runs on the server %@ on this machine": "在本机的服务器 %@ 上运行",
    "sends the arguments to %@ (%@)": "把参数发送到 %@（%@）",
    "a writes the rule “%@” for good, any other key goes back.":
      "再按 a 永久写入规则“%@”，其他键返回。",
    "y once, c in this conversation, a always, e edits, n no, r no with a reason, Esc stops all":
      "y 一次，c 本对话，a 总是，e 修改，n 否，r 否并说明原因，Esc 全部停止",
    "a tool that the model may call; may be repeated": "模型可以调用的工具；可重复",
    "a tool whose calls are made unasked; else, without a screen, a call that asks is not made":
      "不询问就执行其调用的工具；否则没有屏幕时，需要询问的调用不会执行",
    "how often in a row calls of tools are answered; 0: no limit": "连续答复工具调用多少次；0：不限",
    "makes no call: the conversation's recorded results stand in their place":
      "不执行调用：用对话中记录的结果代替",
    "tells calls of tools on standard error": "在标准错误上显示工具调用",
    "y once, n no, Esc stops all": "y 一次，n 否，Esc 全部停止",
    "Why not? Enter tells it to the model.": "为什么不？Enter 把理由告诉模型。",
    "The model asks to call %@ (%@ of %@):": "模型请求调用 %@（第 %@ 个，共 %@ 个）：",
    "The editor failed: set VISUAL or EDITOR. Nothing was changed.":
      "编辑器出错：请设置 VISUAL 或 EDITOR。没有改动。",
    "These arguments are no JSON object. Nothing was changed.": "这些参数不是 JSON 对象。没有改动。",
    "y once, c in this conversation, a always, e edits, n no, r no with a reason; then Enter":
      "y 一次，c 本对话，a 总是，e 编辑，n 否，r 否并说明理由；然后按 Enter",
    "Why not? Enter tells it to the model, Esc goes back.": "为什么不？Enter 告诉模型，Esc 返回。",
    "Enter makes the call with these arguments, Esc goes back.": "Enter 用这些参数执行调用，Esc 返回。",
    "looking for tools": "正在查找工具",
    "waiting for your answer": "等待你的答复",
    "%@ calls run, %@ s, Esc stops": "%@ 个调用在运行，%@ 秒，Esc 停止",
    "%@ runs, %@ s, Esc stops": "%@ 在运行，%@ 秒，Esc 停止",
    "%@ runs, %@ s: %@": "%@ 在运行，%@ 秒：%@",
    "1 result, Ctrl-X t shows it": "1 个结果，Ctrl-X t 显示",
    "%@ results, Ctrl-X t shows them": "%@ 个结果，Ctrl-X t 显示",
    "cut off while calls ran, /send asks about them": "调用运行时中断，/send 会询问",
    "%@: %@ cannot be run. Check command in mcp in config.yaml.":
      "%@：无法运行 %@。请检查 config.yaml 中 mcp 下的 command。",
    "%@ ended (exit %@): %@. Try its command in a terminal.":
      "%@ 已结束（退出码 %@）：%@。请在终端里试试它的命令。",
    "%@ ended (exit %@). Try its command in a terminal.":
      "%@ 已结束（退出码 %@）。请在终端里试试它的命令。",
    "%@ did not answer within %@ s. Set a longer timeout in mcp in config.yaml.":
      "%@ 在 %@ 秒内没有应答。请在 config.yaml 的 mcp 下设置更长的 timeout。",
    "%@ answered with an error: %@ (%@). iris mcp shows how it is.":
      "%@ 返回了错误：%@（%@）。iris mcp 会显示它的状态。",
    "%@ does not speak the Model Context Protocol. Check mcp in config.yaml.":
      "%@ 不使用模型上下文协议（MCP）。请检查 config.yaml 中的 mcp。",
    "%@ speaks other revisions of the protocol (%@). Update it.":
      "%@ 使用协议的其他版本（%@）。请更新它。",
    "%@ sent a message of more than %@ MiB. It was ended.":
      "%@ 发来了超过 %@ MiB 的消息，已被结束。",
    "%@ has forgotten the session. Ask again: a new one begins.":
      "%@ 已忘记这次连接。请再问一次：会重新连接。",
    "%@ was not waited for.": "没有继续等待 %@。",
    "mcp holds nothing by name, expected lines like “files:”":
      "mcp 里没有按名称写的内容，应有“files:”这样的行",
    "this is no server's name, expected letters, digits, - and single _ (32 at most)":
      "这不是服务器名称，应为字母、数字、- 和单个 _（至多 32 个）",
    "%@ needs either a command or a url": "%@ 需要 command 或 url 之一",
    "env does not fit, expected lines like “NAME: value”, or a list of names to pass on":
      "env 不合适，应为“NAME: value”这样的行，或要传递的名称列表",
    "%@ asks: “%@” Nobody is asked here: the answer is no. Ask in iris to answer.":
      "%@ 询问：“%@”这里没有人可以询问：回答为否。要回答，请在 iris 里提问。",
    "%@ does not fit: %@.": "%@ 不合适：%@。",
    "expected a text like %@": "应为 %@ 这样的文字",
    "expected a length of at least %@": "长度应至少为 %@",
    "expected a length from %@ to %@": "长度应为 %@ 到 %@",
    "any text": "任意文字",
    "expected y or n": "应为 y 或 n",
    "expected one of %@": "应为 %@ 之一",
    "expected some of %@, with commas between": "应为 %@ 中的几个，用逗号分开",
    "expected a whole number from %@ to %@": "应为 %@ 到 %@ 的整数",
    "expected a whole number": "应为整数",
    "expected a number from %@ to %@": "应为 %@ 到 %@ 的数",
    "expected a number": "应为数",
    "%@ has neither a command nor a url. It is left out.": "%@ 没有 command 也没有 url，已略过。",
    "%@ speaks HTTP with SSE, which is no more in use. Give it a newer address.":
      "%@ 使用带 SSE 的 HTTP，这种方式已不再使用。请给它较新的地址。",
    "%@ is in mcp in config.yaml already. It is left as it is.":
      "%@ 已在 config.yaml 的 mcp 里，保持不变。",
    "%@ cannot be written: %@. Put these lines into it.": "无法写入 %@：%@。请自行把这些行写进去。",
    "Written to %@. iris mcp shows how the servers are.":
      "已写入 %@。iris mcp 会显示这些服务器的状态。",
    "%@ has mcp in another form. Put these lines into it.":
      "%@ 里的 mcp 是另一种写法。请自行把这些行写进去。",
    "what a question may cost with all its calls of tools before the model is not asked again":
      "一个问题连同所有工具调用最多可花费多少，超过则不再请求模型",
    "There is no call of %@ there.": "那里没有对 %@ 的调用。",
    "%@ is not on. /tools %@ on offers it again.": "%@ 没有启用。/tools %@ on 可重新提供它。",
    "The next request would bring this turn to %@: the budget is %@.":
      "下一个请求会使这一轮的花费达到 %@：预算是 %@。",
    "What %@ costs is not known: the budget cannot be kept, and the model waits.":
      "不知道 %@ 的价格：无法遵守预算，模型等待。",
    "%@ Raise it with --budget.": "%@ 用 --budget 提高它。",
    "There is no budget.": "没有预算。",
    "There is no budget any more.": "不再有预算。",
    "A question may cost %@ with all its calls.": "一个问题连同所有调用最多可花费 %@。",
    "says what a question may cost with all its calls before the model waits for you":
      "设置一个问题连同所有调用最多可花费多少，超过则模型等待",
    "makes the calls of message N anew, or of its tool; the old results stay as a variant":
      "重新执行第 N 条消息的调用（或其中一个工具的）；旧结果作为变体保留",
    "There are no results of tools to make anew yet.": "还没有可以重新执行的工具结果。",
    "Message %@ holds no results of tools.": "第 %@ 条消息没有工具结果。",
    "Message %@ has no result of %@.": "第 %@ 条消息没有 %@ 的结果。",
    "Message %@ has several results. Name one: /edit %@ %@":
      "第 %@ 条消息有多个结果。请指明一个：/edit %@ %@",
    "The result of message %@ is written anew: Enter makes a branch, Esc leaves it.":
      "正在重写第 %@ 条消息的结果：Enter 建立分支，Esc 保持原样。",
    "an amount of dollars above 0, as in 0.50": "大于 0 的美元金额，如 0.50",
    "%@ (%@) asks:": "%@（%@）询问：",
    "%@ asks:": "%@ 询问：",
    "Enter takes it, Up goes back, Esc leaves the form.": "Enter 采用，上箭头返回，Esc 离开表单。",
    "y agrees, n declines, Esc closes. Iris does not open it.":
      "y 同意，n 拒绝，Esc 关闭。Iris 不会打开它。",
    "o opens the address, y agrees without opening it, n declines, Esc closes":
      "o 打开地址，y 同意但不打开，n 拒绝，Esc 关闭",
    "y sends this, e edits, n declines, Esc closes": "y 发送，e 编辑，n 拒绝，Esc 关闭",
    "y fills it in, n declines, Esc closes": "y 填写，n 拒绝，Esc 关闭",
    "There is no server %@ in mcp in config.yaml. iris mcp lists those there are.":
      "config.yaml 的 mcp 里没有服务器 %@。iris mcp 会列出现有的服务器。",
    "No server is configured. Name one in mcp in config.yaml, or import one: iris import.":
      "没有配置服务器。请在 config.yaml 的 mcp 里写一个，或导入：iris import。",
    "server": "服务器",
    "runs": "运行",
    "revision": "版本",
    "tools": "工具",
    "source": "来源",
    "asks": "询问",
    "on": "启用",
    "tokens": "token",
    "the MCP servers of `config.yaml`: started, with revision, tools and what went wrong, and ended":
      "`config.yaml` 中的 MCP 服务器：启动后显示版本、工具和出错情况，然后结束",
    "the tools that a model may be given: programs in `~/.config/iris/tools`, those of MCP servers, and Iris's own":
      "可以交给模型的工具：`~/.config/iris/tools` 里的程序、MCP 服务器的工具，以及 Iris 自带的",
    "There is no tool %@: it is not offered. /tools %@ off takes it out.":
      "没有工具 %@：不提供它。/tools %@ off 可将其取消。",
    "%@. There is no tool %@ yet: /tools lists those there are.":
      "%@。目前没有工具 %@：/tools 列出现有的工具。",
  ]
}
