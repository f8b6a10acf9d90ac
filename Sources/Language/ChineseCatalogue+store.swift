extension ChineseCatalogue {
  /// Sentences about what is stored, written to files and read from them.
  static let store: [String: String] = [
    "The disk is full: %@ cannot grow. Free some space, then try again.":
      "磁盘已满：%@ 无法继续写入。请先腾出空间，然后重试。",
    "Your disk quota is used up: %@ cannot grow. Remove some files, then try again.":
      "你的磁盘配额已用完：%@ 无法继续写入。请删除一些文件，然后重试。",
    "%@ is as large as files may be here (ulimit -f). Raise that limit, then try again.":
      "%@ 已达到此处允许的最大文件大小（ulimit -f）。请调高该限制，然后重试。",
    "The store was moved or removed while Iris used it: %@ is a new one, with what is in memory. Put the old one back when no Iris runs.":
      "存储在 Iris 使用期间被移走或删除：%@ 是新建的，含有内存中的内容。请在没有 Iris 运行时把旧的放回。",
    "%@ cannot be written (%@). Change its permissions, or set XDG_DATA_HOME to another folder.":
      "无法写入 %@（%@）。请修改其权限，或将 XDG_DATA_HOME 设为别的文件夹。",
    "Another program has locked %@. Close that program, then try again.":
      "%@ 被另一个程序锁定。请关闭那个程序，然后重试。",
    "%@ is damaged (%@). Close every Iris and start one: it sets the file aside and keeps what can be read.":
      "%@ 已损坏（%@）。请关闭所有 Iris 后重新启动一个：它会把该文件移到一旁，并保留能读出的内容。",
    "%@ failed: %@ (%@). Check the disk, then try again.":
      "%@ 出错：%@（%@）。请检查磁盘，然后重试。",
    "%@ is to be brought to this version's form, and another Iris has it open. Close that one, then start this one again.":
      "%@ 需要转换为此版本的格式，但另一个 Iris 正在使用它。请先关闭那一个，再重新启动。",
    "Nothing was imported. Conversations: %@, new: %@.":
      "未导入任何内容。对话：%@ 个，其中新的：%@ 个。",
    "%@ was written by a newer Iris. Update this one, or set XDG_DATA_HOME to another folder.":
      "%@ 由更新版本的 Iris 写成。请更新本程序，或将 XDG_DATA_HOME 设为别的文件夹。",
    "There is no conversation named “%@”. /list shows those there are.":
      "没有名为“%@”的对话。/list 会列出已有的对话。",
    "No conversation is stored yet. Write a message to begin one.":
      "还没有保存任何对话。写一条消息即可开始。",
    "Another conversation is named “%@”. Choose another name, or rename that one.":
      "已有名为“%@”的对话。请换一个名称，或先给那个对话改名。",
    "The message is no longer in the store. Open the conversation again.":
      "这条消息已不在存储中。请重新打开该对话。",
    "Something else was stored under the same number. Try again.":
      "同一编号下已存有其他内容。请重试。",
    "%@ is a database of another kind. Iris reads its own, and logs.db of llm.":
      "%@ 是另一种数据库。Iris 只能读取自己的数据库和 llm 的 logs.db。",
    "The picture %@ is missing. Attach it again, or leave it out with /forget.":
      "图片 %@ 不见了。请重新附上，或用 /forget 略过它。",
    "The picture %@ is damaged. Attach it again, or leave it out with /forget.":
      "图片 %@ 已损坏。请重新附上，或用 /forget 略过它。",
    "The disk is full: %@ was not written. Free some space, then try again.":
      "磁盘已满：%@ 没有写成。请先腾出空间，然后重试。",
    "Your disk quota is used up: %@ was not written. Remove some files, then try again.":
      "你的磁盘配额已用完：%@ 没有写成。请删除一些文件，然后重试。",
    "%@ was not written: files may not be so large here (ulimit -f). Raise that limit, then try again.":
      "%@ 没有写成：此处不允许这么大的文件（ulimit -f）。请调高该限制，然后重试。",
    "%@ cannot be written: %@. Choose another place.":
      "无法写入 %@：%@。请另选位置。",
    "%@ cannot be read: %@. Check the path.":
      "无法读取 %@：%@。请检查路径。",
    "%@ tells no format. End the name in .json, .iris.json, .md, .html or .sh.":
      "从 %@ 看不出格式。文件名请以 .json、.iris.json、.md、.html 或 .sh 结尾。",
    "%@ is no conversation that Iris can read. It reads exports of Iris, OpenAI, ChatGPT, Claude, Open WebUI, LibreChat, aichat, llm, gptme and oterm.":
      "%@ 不是 Iris 能读取的对话。能读取的有：Iris、OpenAI、ChatGPT、Claude、Open WebUI、LibreChat、aichat、llm、gptme 和 oterm 的导出。",
    "%@ in %@ needs a password. Unpack the archive, and import its folder.":
      "%2 中的 %1 需要密码。请先解压，再导入解压出的文件夹。",
    "%@ in %@ grows more than two hundred times when it is unpacked, as no export does. Unpack it yourself if you trust it, and import its folder.":
      "%2 中的 %1 解压后会变大两百倍以上，正常的导出不会如此。如果信任它，请自行解压，再导入文件夹。",
    "%@ cannot be opened without libzip. Install libzip (apt install libzip4), or unpack it and import its folder.":
      "没有 libzip 就无法打开 %@。请安装 libzip（apt install libzip4），或先解压再导入文件夹。",
    "%@ in %@ is compressed in a way that libzip does not know. Unpack the archive, and import its folder.":
      "%2 中的 %1 的压缩方式是 libzip 不认识的。请先解压，再导入文件夹。",
    "%@ is damaged (%@). Export it again.":
      "%@ 已损坏（%@）。请重新导出。",
    "%@ Nothing was imported.": "%@没有导入任何内容。",
    "%@ Conversations read before that are kept: %@.": "%@在此之前读入的对话已保留：%@ 个。",
    "%@ exists, and nothing was written. Choose another name, or add --force.":
      "%@ 已存在，没有写入任何内容。请另取名称，或加上 --force。",
    "%@ is a pipe or a device. Write what it gives to a file, and read that.":
      "%@ 是管道或设备。请把其中的内容写入文件，再读取那个文件。",
    "%@ holds one value of more than %@ MiB, which is not read. Split it into several files.":
      "%@ 中有超过 %@ MiB 的单个值，无法读取。请把它拆成几个文件。",
    "The import was stopped. Read the file again to go on: nothing comes in twice.":
      "导入已停止。再次读取该文件即可继续：不会重复导入。",
    "%@ was written by a newer Iris. Update this one, then try again.":
      "%@ 由更新版本的 Iris 写成。请更新本程序，然后重试。",
    "%@ holds no messages. Check that it is the right file.":
      "%@ 中没有消息。请检查文件是否正确。",
  ]
}
