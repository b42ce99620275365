//! Words of the window itself: pages, settings, keys, messages, saving.

words! {
    // Before anything is there
    settings_stall(folder): "The drive with the settings does not answer. What was open comes back as soon as it does: {folder}", "设置所在的磁盘没有响应，恢复后会打开上次的文档：{folder}", "設定所在的磁碟沒有回應，恢復後會開啟上次的文件：{folder}";
    cannot_begin(reason): "Duidu cannot begin: {reason}", "对读无法启动：{reason}", "對讀無法啟動：{reason}";

    // The state of saving
    saved: "All notes saved", "笔记已全部保存", "筆記已全部儲存";
    saving: "Saving...", "正在保存…", "正在儲存…";
    notes_file_gone: "The notes file is gone", "笔记文件不见了", "筆記檔案不見了";
    document_away_mark: "The document is away", "文档已不在原处", "文件已不在原處";
    document_away(path): "The document is no longer at {path}: it was moved, renamed or deleted, or its drive is away. It can be read on here; its notes are kept where it was.", "文档已不在 {path}：可能已移动、改名或删除，或者磁盘未连接。这里仍可继续阅读，笔记仍保存在原处。", "文件已不在 {path}：可能已移動、改名或刪除，或者磁碟未連接。這裡仍可繼續閱讀，筆記仍保存在原處。";
    document_moved(name, path): "{name} is no longer where it was. What it held is at {path}: it is read on there, with its notes.", "{name} 已不在原处，内容相同的文件在 {path}，现从那里继续阅读，笔记随行。", "{name} 已不在原處，內容相同的檔案在 {path}，現從那裡繼續閱讀，筆記隨行。";
    notes_file_gone_of(name): "The file with the notes on {name} is gone. The notes are here and in the earlier versions; the next change writes the file again.", "“{name}”的笔记文件不见了。笔记仍在这里和旧版本中，下次改动时会重新写入文件。", "「{name}」的筆記檔案不見了。筆記仍在這裡和舊版本中，下次改動時會重新寫入檔案。";
    not_saved(reason): "Notes not saved: {reason}", "笔记未保存：{reason}", "筆記未儲存：{reason}";
    not_saved_several(count): "Not saved: {count}", "未保存：{count} 项", "未儲存：{count} 項";
    saving_notes_of(name): "The notes on {name} are being saved.", "正在保存“{name}”的笔记。", "正在儲存「{name}」的筆記。";
    saving_comparison(name): "The comparison {name} is being saved.", "正在保存对读“{name}”。", "正在儲存對讀「{name}」。";
    saving_codebook: "The codebook is being saved.", "正在保存标签册。", "正在儲存標籤冊。";
    comparison_not_saved(name, reason): "The comparison {name} could not be saved: {reason}. Duidu keeps trying.", "对读“{name}”未能保存：{reason}。程序会继续尝试。", "對讀「{name}」無法儲存：{reason}。程式會繼續嘗試。";
    read_only(reason): "Notes cannot be changed: {reason}", "笔记不能改动：{reason}", "筆記無法更動：{reason}";
    quit_unsaved_title: "Some notes are not saved yet", "有笔记尚未保存", "有筆記尚未儲存";
    quit_unsaved: "If you quit now, the latest changes are lost.", "现在退出会丢失最近的改动。", "現在結束會遺失最近的更動。";
    quit_anyway: "Quit anyway", "仍要退出", "仍要結束";
    stay: "Stay", "留下", "留下";

    // Pages
    menu: "Menu", "菜单", "選單";
    view: "View", "视图", "檢視";
    information: "Information", "文档信息", "文件資訊";
    doubts: "Doubtful characters", "存疑字词", "存疑字詞";
    corrections: "Corrections", "转换校正", "轉換校正";
    settings: "Settings", "设置", "設定";
    shortcuts: "Keyboard shortcuts", "键盘快捷键", "鍵盤快速鍵";
    export: "Export notes", "导出笔记", "匯出筆記";
    palette: "All commands", "全部命令", "所有指令";
    palette_hint: "Type to search the commands...", "输入以搜索命令…", "輸入以搜尋指令…";
    palette_empty: "No command of that name.", "没有这个命令。", "沒有這個指令。";
    full_screen: "Full screen", "全屏", "全螢幕";

    // Settings
    theme: "Theme", "主题", "佈景主題";
    theme_system: "Same as system", "跟随系统", "跟隨系統";
    theme_light: "Light", "浅色", "淺色";
    theme_dark: "Dark", "深色", "深色";
    theme_paper: "Paper", "纸张", "紙張";
    interface_language: "Language of the interface", "界面语言", "介面語言";
    language_system: "Same as system", "跟随系统", "跟隨系統";
    text_size: "Text size", "字号", "字級";
    column_width: "Column width (characters)", "栏宽（字数）", "欄寬（字數）";
    line_height: "Line height", "行距", "行距";
    first_line_indent: "Indent first lines by two characters", "段首缩进两字", "段首縮排兩字";
    font_simplified: "Font for Simplified", "简体文字的字体", "簡體文字的字型";
    font_taiwan: "Font for Traditional and Taiwan", "繁体和台湾正体的字体", "繁體和臺灣正體的字型";
    font_hong_kong: "Font for Hong Kong", "香港繁体的字体", "香港繁體的字型";
    font_automatic: "Automatic", "自动", "自動";
    larger: "Larger text", "放大文字", "放大文字";
    smaller: "Smaller text", "缩小文字", "縮小文字";
    default_size: "Default text size", "默认字号", "預設字級";

    // Dialogs and messages
    path_page_open: "Open by name", "输入路径打开", "輸入路徑開啟";
    path_page_save: "Export by name", "输入路径导出", "輸入路徑匯出";
    path_page_hint: "This desktop has no file dialog to show. Write the path of the file, or drop the file on the window.", "此桌面环境没有可用的文件对话框。请输入文件路径，或把文件拖到窗口里。", "此桌面環境沒有可用的檔案對話方塊。請輸入檔案路徑，或將檔案拖曳到視窗裡。";
    path_page_save_hint: "This desktop has no file dialog to show. Write the path of the file to export to.", "此桌面环境没有可用的文件对话框。请输入要导出到的文件路径。", "此桌面環境沒有可用的檔案對話方塊。請輸入要匯出到的檔案路徑。";
    path: "Path", "路径", "路徑";
    accept: "OK", "确定", "確定";
    replace: "Replace", "替换", "取代";
    replaces: "There is a file of that name already.", "已有同名文件。", "已有同名檔案。";
    cancel: "Cancel", "取消", "取消";
    dismiss_all: "Close all", "全部关闭", "全部關閉";
    messages_more(count): "{count} more", "还有 {count} 条", "還有 {count} 則";
    dismiss: "Dismiss", "关闭消息", "關閉訊息";
    readable_files: "Documents", "文档", "文件";
    all_files: "All files", "所有文件", "所有檔案";

    notes_found(name, counts): "{name} has changed. Notes {counts}.", "“{name}”有改动。笔记{counts}。", "「{name}」有更動。筆記{counts}。";
    notes_looked_for(name, counts): "Notes of {name}: {counts}.", "“{name}”的笔记：{counts}。", "「{name}」的筆記：{counts}。";
    count_moved(count): "found elsewhere: {count}", "移位 {count} 条", "移動 {count} 則";
    count_unsure(count): "unsure: {count}", "不确定 {count} 条", "不確定 {count} 則";
    count_lost(count): "lost: {count}", "找不到原文 {count} 条", "找不到位置 {count} 則";
    list_comma: ", ", "，", "，";
    notes_elsewhere(path): "The document's folder cannot be written to. Its notes are kept in {path}.", "文档所在的目录不可写入，笔记保存在 {path}。", "文件所在的資料夾無法寫入，筆記儲存於 {path}。";
    notes_of_not_saved(name, reason): "The notes on {name} could not be saved: {reason}. Duidu keeps trying.", "“{name}”的笔记未能保存：{reason}。程序会继续尝试。", "「{name}」的筆記無法儲存：{reason}。程式會繼續嘗試。";
    saved_after_all(name): "The notes on {name} are saved now.", "“{name}”的笔记现已保存。", "「{name}」的筆記現已儲存。";
    state_not_saved(reason): "What is open could not be remembered for the next start: {reason}", "无法保存下次启动时要恢复的内容：{reason}", "無法儲存下次啟動時要還原的內容：{reason}";
    no_script(reason): "This script cannot be shown: {reason}", "无法以这种形式显示：{reason}", "無法以這種形式顯示：{reason}";
    exported(count, path): "Notes exported to {path}: {count}", "已将 {count} 条笔记导出到 {path}", "已將 {count} 則筆記匯出到 {path}";
    not_exported(path, reason): "Could not export to {path}: {reason}", "未能导出到 {path}：{reason}", "無法匯出到 {path}：{reason}";
    notes_merged(name, added, changed, removed): "Notes on {name} were changed elsewhere and are joined with yours: {added} added, {changed} changed, {removed} removed.", "“{name}”的笔记在别处有改动，已与此处合并：新增 {added} 条，修改 {changed} 条，删除 {removed} 条。", "「{name}」的筆記在別處有更動，已與此處合併：新增 {added} 條，修改 {changed} 條，刪除 {removed} 條。";
    changed_on_disk(name): "{name} has changed on disk. Read it again to see the new text.", "“{name}”在磁盘上有改动。重新读取即可看到新内容。", "「{name}」在磁碟上有更動。重新讀取即可看到新內容。";
    no_dialog(reason): "No file dialog: {reason}", "无法显示文件对话框：{reason}", "無法顯示檔案對話方塊：{reason}";
    note_needs_words: "A note is about words: select some first. What is typed just now is not taken for commands.", "请先选中文字再做笔记。此时输入的字母不会当作命令。", "請先選取文字再做筆記。此時輸入的字母不會當作命令。";
    nothing_selected: "Select some words first.", "请先选中文字。", "請先選取文字。";
    not_all_read: "Not all of the document was read yet. Notes can be made as soon as it was.", "文档尚未全部读取，读完后即可做笔记。", "文件尚未全部讀取，讀完後即可做筆記。";
    nothing_to_export: "There is nothing to export.", "没有可以导出的内容。", "沒有可以匯出的內容。";

    // Keys
    group_documents: "Documents", "文档", "文件";
    group_script: "Script", "繁简", "繁簡";
    group_notes: "Notes", "笔记", "筆記";
    group_find: "Finding", "查找", "尋找";
    group_place: "Places", "位置", "位置";
    group_program: "The window", "窗口", "視窗";
    keys_reading: "In the text: arrows move the cursor, with Ctrl by words; with Shift they select. Shift+Home and Shift+End select to the beginning and the end of the line, with Ctrl of the document. Page Up, Page Down, Home and End scroll.", "在正文中：方向键移动光标，加 Ctrl 按词移动；加 Shift 选择文字。Shift+Home、Shift+End 选到行首、行尾，再加 Ctrl 选到文档的开头、末尾。Page Up、Page Down、Home、End 翻动。", "在正文中：方向鍵移動游標，加 Ctrl 依詞移動；加 Shift 選取文字。Shift+Home、Shift+End 選到行首、行尾，再加 Ctrl 選到文件的開頭、末尾。Page Up、Page Down、Home、End 捲動。";

    // Never lose anything
    versions: "Earlier versions of the notes", "笔记的旧版本", "筆記的舊版本";
    versions_reading: "Reading the earlier versions…", "正在读取旧版本…", "正在讀取舊版本…";
    versions_none: "There are no earlier versions yet. Duidu keeps one each time the notes of this document have been saved.", "还没有旧版本。每次保存本文档的笔记后，对读都会留下一份。", "還沒有舊版本。每次儲存本文件的筆記後，對讀都會留下一份。";
    versions_hint: "Going back is one step that undo takes back. Notes made since then go to the trash.", "回到旧版本只是一步，可以撤销。此后新增的笔记会移入回收站。", "回到舊版本只是一步，可以復原。此後新增的筆記會移入垃圾桶。";
    versions_count(count): "Notes: {count}", "{count} 条笔记", "{count} 則筆記";
    version_unreadable: "cannot be read", "无法读取", "無法讀取";
    version_lasting: "kept for good", "长期保留", "長期保留";
    since_added(count): "since then {count} added", "此后新增 {count} 条", "此後新增 {count} 則";
    since_changed(count): "{count} changed since then", "此后修改 {count} 条", "此後修改 {count} 則";
    since_removed(count): "{count} deleted since then", "此后删除 {count} 条", "此後刪除 {count} 則";
    note_added: "Added:", "新增：", "新增：";
    note_changed: "Changed:", "修改：", "修改：";
    note_removed: "Deleted:", "删除：", "刪除：";
    said_then(text): "Then: {text}", "当时：{text}", "當時：{text}";
    said_now(text): "Now: {text}", "现在：{text}", "現在：{text}";
    since_same: "the same as now", "与现在相同", "與現在相同";
    restore_version(moment): "Go back to the version of {moment}", "回到 {moment} 的版本", "回到 {moment} 的版本";
    restore_version_now: "Go back to this version", "回到此版本", "回到此版本";
    version_restored(notes, undo): "The notes are as they were then (notes: {notes}). {undo} takes it back.", "笔记已回到当时的状态：{notes} 条。按 {undo} 撤销。", "筆記已回到當時的狀態：{notes} 則。按 {undo} 復原。";
    version_not_read(reason): "The earlier version could not be read: {reason}", "无法读取旧版本：{reason}", "無法讀取舊版本：{reason}";
    save_now: "Save now", "立即保存", "立即儲存";
    notes_vanished(count, name): "{count} notes on {name} are no longer in their file: another program took them out. They are still here, and in the earlier versions. Keep them?", "“{name}”的 {count} 条笔记已不在笔记文件中，是被其他程序移除的。这里和旧版本中仍有保留。要保留吗？", "「{name}」的 {count} 則筆記已不在筆記檔案中，是被其他程式移除的。這裡和舊版本中仍有保留。要保留嗎？";
    keep_vanished: "Keep them", "保留", "保留";
    delete_vanished: "Delete them here too", "这里也删除", "這裡也刪除";
    notes_deleted_elsewhere(count, name): "{count} notes on {name} were deleted by another window or program, and lie in the trash now. Take them back?", "“{name}”的 {count} 条笔记被另一个窗口或程序删除，现在在回收站里。要取回吗？", "「{name}」的 {count} 則筆記被另一個視窗或程式刪除，現在在垃圾桶裡。要取回嗎？";
    take_vanished_back: "Take them back", "取回", "取回";
    leave_deleted: "Leave them deleted", "不取回", "不取回";
    conflict_copies(name, count): "A cloud drive has made {count} copies of the notes on {name}. Join them with the notes?", "云盘为“{name}”的笔记生成了 {count} 份冲突副本。要合并吗？", "雲端硬碟為「{name}」的筆記產生了 {count} 份衝突副本。要合併嗎？";
    join_copies: "Join the copies of the notes", "合并笔记的冲突副本", "合併筆記的衝突副本";
    copies_joined(name, count): "{count} copies of the notes on {name} were joined; they are kept among the earlier versions.", "已合并“{name}”的 {count} 份笔记副本，副本保留在旧版本中。", "已合併「{name}」的 {count} 份筆記副本，副本保留在舊版本中。";
    copies_not_joined(reason): "The copies could not be joined and lie where they were: {reason}", "未能合并副本，副本仍在原处：{reason}", "未能合併副本，副本仍在原處：{reason}";
    two_texts: "Two texts", "两种文字", "兩種文字";
    two_texts_hint: "This note was changed in two places at once. Choose what it says.", "这条笔记在两处同时被修改。请选择保留哪一种。", "這則筆記在兩處同時被修改。請選擇保留哪一種。";
    keep_own_text: "Keep the text below", "保留下方的文字", "保留下方的文字";
    take_other_text: "Take this one", "采用这一种", "採用這一種";
    take_other_text_of(moment): "Take the text of {moment}", "采用 {moment} 的文字", "採用 {moment} 的文字";
    keep_all_texts: "Keep all", "全部保留", "全部保留";
    other_text_of(moment): "The other text, of {moment}:", "另一种文字（{moment}）：", "另一種文字（{moment}）：";
    other_text_empty: "(nothing)", "（空）", "（空）";
    versions_newest: "Earlier versions kept: the newest", "保留的旧版本：最新几份", "保留的舊版本：最新幾份";
    versions_days: "… and one a day for so many days", "……此外每日一份，保留天数", "……此外每日一份，保留天數";
    versions_megabytes: "… in all no more than (MB a document)", "……每份文档总计上限（MB）", "……每份文件總計上限（MB）";
    document_unknown: "It is not known where the document of these notes lies. Open it, and its notes come with it or are offered.", "不知道这些笔记的文档在哪里。打开该文档，笔记就会随之出现，或提示附上。", "不知道這些筆記的文件在哪裡。開啟該文件，筆記就會隨之出現，或提示附上。";
}
