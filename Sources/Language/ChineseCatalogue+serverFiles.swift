extension ChineseCatalogue {
  /// Sentences about files and libraries on a server, and about replies that it keeps.
  static let serverFiles: [String: String] = [
    "%@ has no longer a file that the request names: send again, and it goes anew.":
      "%@ 已不再有请求所指的文件：请重新发送，文件会重新上传。",
    "%@ keeps no files: they are sent inside the request.": "%@ 不保存文件：文件随请求一起发送。",
    "%@ keeps replies of this model, OpenAI for 30 days: /set store off ends that.":
      "%@ 会保存此模型的回复（OpenAI 为 30 天）：/set store off 可停止。",
    "as a file that is put on the server": "作为文件上传到服务器",
    "%@ keeps no files: pictures and documents go inside the request there.":
      "%@ 不保存文件：图片和文档在那里随请求一起发送。",
    "%@ is larger than %@, the most that a server takes.": "%1 大于 %2，这是服务器接受的上限。",
    "%@ could not be read. Check the file.": "无法读取 %@。请检查文件。",
    "%@ has no libraries: iris embed --index makes one on this machine.":
      "%@ 没有资料库：iris embed --index 可在本机建立索引。",
    "%@ could not read %@ of %@.": "%1 无法读取 %3 中的 %2。",
    "%@ still reads %@ of %@: wait.": "%1 仍在读取 %3 中的 %2：请稍候。",
    "There is no library %@ on %@. iris library lists those there are, iris library add makes one.":
      "%2 上没有资料库 %1。iris library 列出已有的，iris library add 可建立一个。",
    "%@ libraries on %@ are called %@: name one by its id, which iris library list --json prints.":
      "%2 上有 %1 个资料库名为 %3：请用 iris library list --json 输出的 id 指定一个。",
    "%@ of %@ are in %@: the same call again goes on.": "%2 中的 %1 个已在 %3 中：再次执行同一命令会继续。",
    "%@ of %@ of %@ are removed: iris library rm %@ goes on.":
      "%3 的 %2 中已删除 %1 个：iris library rm %4 会继续。",
    "%@ is in %@ already.": "%1 已在 %2 中。",
    "The next call puts %@ there again: %@ cannot be written (%@).": "下次会重新上传 %1：无法写入 %2（%3）。",
    "%@ was changed while it was sent: put it there again.": "%@ 在发送期间被改动：请重新上传。",
    "%@ may lie on %@ all the same: iris files lists what does.":
      "%1 仍可能已在 %2 上：iris files 会列出。",
    "%@ has %@ no longer: it goes inside the request.": "%1 已不再有 %2：改为随请求一起发送。",
    "Nothing that Iris put there is without a conversation.": "Iris 放在那里的文件都有对话在使用。",
    "Removed from the server: %@.": "已从服务器删除：%@。",
    "%@ is removed from %@.": "%1 已从 %2 删除。",
    "There is no file %@ on %@. iris files lists those there are.":
      "%2 上没有文件 %1。iris files 会列出已有的文件。",
    "%@ on %@ are called %@: add its number, as in %@#1.":
      "%2 上有 %1 名为 %3：请加上编号，如 %4#1。",
    "%@ is sent inside the request, since it was not kept: %@": "%1 未能保存，改为随请求发送：%2",
    "%@ (%@) is put on %@, which removes it after a day.": "%1（%2）已上传到 %3，一天后由其删除。",
    "%@ (%@) is put on %@, which removes it on %@.": "%1（%2）已上传到 %3，将于 %4 由其删除。",
    "%@ (%@) is put on %@, which says no day on which it goes: iris files prune removes it.":
      "%1（%2）已上传到 %3，服务器未说明何时删除：iris files prune 可将其删除。",
    "The list of what Iris put on servers was damaged: it is kept as %@. Read from it: %@. iris files lists what a server has.":
      "Iris 上传文件的清单已损坏，保存为 %@。从中读出：%@。iris files 可列出服务器上的文件。",
    "%@ cannot be read (%@): what lies on servers is not known. Check the file.":
      "无法读取 %@（%@）：不知道服务器上有哪些文件。请检查该文件。",
    "%@ The next request puts it there again: %@ cannot be written (%@).":
      "%1 下次请求会重新上传：无法写入 %2（%3）。",
    "lets the model search files of a library on its server (iris library), or not":
      "是否让模型搜索其服务器上资料库（iris library）的文件",
    "lists the files on the server, or removes one, or those that nothing names":
      "列出服务器上的文件，或删除一个，或删除没有对话使用的文件",
    "the files on a server: listed, put, fetched, removed; those that nothing names any more":
      "服务器上的文件：列出、上传、下载、删除；以及不再被使用的文件",
    "libraries on a server, which `--library` and `/library` let the model search":
      "服务器上的资料库，`--library` 和 `/library` 让模型搜索它们",
    "puts pictures and documents on the server once, and names them in requests":
      "把图片和文档上传到服务器一次，之后请求只引用它们",
    "lets the model search a library on its server; may be repeated":
      "让模型搜索其服务器上的资料库；可重复",
    "%@ keeps no file of yours.": "%@ 没有保存你的文件。",
    "Files on %@": "%@ 上的文件",
    "The model searches no library.": "模型不搜索资料库。",
    "The model may search %@ on its server, some $0.0025 a search.":
      "模型可以在其服务器上搜索 %@，每次约 $0.0025。",
    "removed in %@ h": "%@ 小时后删除",
    "in “%@”": "用于“%@”",
    "on or off": "on 或 off",
    "%@ × %@: %@": "%1 × %2：%3",
    "%@, counted by %@": "%1，由 %2 计数",
    "%@ does not count: %@": "%1 不计数：%2",
    "%@ is asked for its libraries… Esc stops.": "正在向 %@ 询问其资料库… Esc 停止。",
    "%@ is asked for its files… Esc stops.": "正在向 %@ 询问其文件… Esc 停止。",
    "%@ is asked to remove %@… Esc stops.": "正在请 %@ 删除 %@… Esc 停止。",
    "%@ is asked to remove what nothing names… Esc stops.":
      "正在请 %@ 删除无人提及的文件… Esc 停止。",
    "Stopped: %@ is asked no more.": "已停止：不再询问 %@。",
    "%@ has told its files: %@. /files shows them.": "%@ 已告知其文件：%@ 个。/files 可查看。",
    "There is no library %@ on %@. %@": "%2 上没有资料库 %1。%3",
    "It has none; in a shell, iris library add %@ FILE makes one.":
      "那里还没有资料库；在 shell 中用 iris library add %@ FILE 可建立一个。",
    "It has: %@. In a shell, iris library add %@ FILE makes one.":
      "已有：%@。在 shell 中用 iris library add %@ FILE 可建立一个。",
    "The model may search %@ on its server.": "模型可以在其服务器上搜索 %@。",
    "%@ In a shell, iris files put FILE puts one there.":
      "%@ 在 shell 中用 iris files put FILE 可上传。",
    "The demo inside Iris forgets files when it ends; iris demo in another terminal keeps them for OPENAI_BASE_URL.":
      "Iris 内置的演示结束时会忘记文件；在另一个终端运行 iris demo，可通过 OPENAI_BASE_URL 保留。",
    "%@ /library off asks without.": "%@ 用 /library off 可不带它请求。",
    "There is no file %@ on %@. /files lists those there are.":
      "%2 上没有文件 %1。/files 列出已有的文件。",
    "There are no files on %@.": "%@ 上没有文件。",
    "%@ is no text. Send it to a file or a pipe: -o FILE": "%@ 不是文本。请发往文件或管道：-o FILE",
    "iris files put FILE puts one there.": "iris files put FILE 可上传。",
    "There are no libraries on %@.": "%@ 上没有资料库。",
    "iris library add NAME FILE makes one.": "iris library add NAME FILE 可建立一个。",
    "The model may search the web on its server.": "模型可以用其服务器搜索网络。",
    "The model may search what its server holds of the web already.":
      "模型可以搜索其服务器已存的网页内容。",
    "The model may run Python on its server; files are kept here.":
      "模型可以在其服务器上运行 Python；文件保存在本机。",
  ]
}
