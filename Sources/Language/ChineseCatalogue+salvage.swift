extension ChineseCatalogue {
  /// Sentences about a damaged store: what was saved, and what a check found.
  static let salvage: [String: String] = [
    "The store was damaged: the old file is kept as %@. Saved from it: %@ in %@; nothing is known to be missing.":
      "存储已损坏：原文件保留为 %@。已救回 %@，属于 %@；没有发现缺失。",
    "The store was damaged: the old file is kept as %@. Saved from it: %@ in %@; missing: %@. Try again with: iris salvage":
      "存储已损坏：原文件保留为 %@。已救回 %@，属于 %@；缺失：%@ 条。可再试一次：iris salvage",
    "The store was damaged: the old file is kept as %@. Nothing in it could be read.":
      "存储已损坏：原文件保留为 %@。其中没有可读取的内容。",
    "The store was gone. Brought back from its copy %@: %@ in %@.":
      "存储不见了。已从副本 %@ 恢复 %@，属于 %@。",
    "The rest of the damaged store %@ is saved now: %@ in %@; missing: %@.":
      "损坏的存储 %@ 的其余内容现已救回：%@，属于 %@；缺失：%@ 条。",
    "The store was damaged: the old file is kept as %@, and not all of it is saved yet. %@ The next start goes on with it, and so does: iris salvage":
      "存储已损坏：原文件保留为 %@，其中的内容还没有全部救回。%@下次启动会继续，也可运行：iris salvage",
    "Another Iris saves what a damaged store holds. It is here when that one is done.":
      "另一个 Iris 正在救回损坏的存储中的内容，完成后即可看到。",
    "No copy of the store could be made. %@": "无法制作存储的副本。%@",
    "A newer draft was never sent: %@": "有一份更新的草稿没有发送：%@",
    "Messages that could not be stored: %@. The conversation is written to a file; bring it back with: iris import %@":
      "无法保存的消息：%@ 条。对话已写入文件；可这样取回：iris import %@",
    "Messages that could not be stored and are lost: %@.": "无法保存而丢失的消息：%@ 条。",
    "No damaged store was set aside: there is nothing to save.":
      "没有移到一旁的损坏存储：无需救回。",
    "There is no file %@ to read. Without a name, iris salvage takes those set aside.":
      "没有文件 %@ 可读。不给出名称时，iris salvage 处理移到一旁的文件。",
    "%@: added %@ in %@; missing: %@.":
      "%@：新增 %@，属于 %@；缺失：%@ 条。",
    "Stored: %@ in %@, %@.":
      "已保存：%@，属于 %@；%@。",
    "Nothing is damaged.": "没有损坏。",
    "Something is damaged. Close every Iris and start one: it puts the store in order and says what it did.":
      "有内容已损坏。请关闭所有 Iris 后重新启动一个：它会整理存储并说明做了什么。",
    "The conversations are sound; what is damaged beside them is said above.":
      "对话完好；旁边损坏的文件见上文。",
    "The copy is damaged (%@). Remove %@: the next chat makes another.":
      "副本已损坏（%@）。请删除 %@：下次聊天时会另制一份。",
    "Lines of %@ that cannot be read: %@. What they cost is missing from iris usage; remove them to be told no more.":
      "%@ 中无法读取的行：%@。其费用未计入 iris usage；删除这些行后不再提示。",
    "Damaged: %@": "已损坏：%@",
    "The search index differs from the messages. The next start makes it anew.":
      "搜索索引与消息不一致。下次启动会重新建立。",
    "Messages that others follow and that are missing: %@.": "有后续而自身缺失的消息：%@ 条。",
    "Messages whose words are lost: %@.": "文字已丢失的消息：%@ 条。",
    "The store was damaged: the old file is kept as %@. All that can be read of it is saved; nothing is known to be missing.":
      "存储已损坏：原文件保留为 %@。其中能读取的内容都已救回；没有发现缺失。",
    "The store was damaged: the old file is kept as %@. All that can be read of it is saved; missing: %@. Try again with: iris salvage":
      "存储已损坏：原文件保留为 %@。其中能读取的内容都已救回；缺失：%@ 条。可再试一次：iris salvage",
    "The picture %@ is missing.": "图片 %@ 不见了。",
    "The picture %@ is not what it was.": "图片 %@ 已被改动。",
    "Not saved whole yet: %@. Save the rest with: iris salvage":
      "还没有全部救回：%@。可运行：iris salvage",
    "A damaged store lies here: %@": "这里有一个损坏的存储：%@",
    "There was no store beside the pictures in %@, and none of them is removed. If iris.sqlite was lost, put it back.":
      "%@ 中有图片，旁边却没有存储；这些图片都不会删除。如果 iris.sqlite 丢失了，请把它放回原处。",
    "Pictures that nothing uses: %@, %@. They stay, for they may be of a store that was lost; remove %@ to have them freed.":
      "没有用到的图片：%@ 个，%@。它们可能属于一个丢失的存储，因此保留；删除 %@ 后会释放。",
    "Pictures that nothing uses: %@, %@. Leaving frees them.":
      "没有用到的图片：%@ 张，%@。退出时会清除。",
    "Pictures that nothing uses: %@, %@. They stay while a damaged store lies here.":
      "没有用到的图片：%@ 张，%@。损坏的存储还在这里时会保留它们。",
    "There is no copy of the store yet.": "存储还没有副本。",
    "The copy of the store: %@, of %@": "存储的副本：%@，制作于 %@",
  ]
}
