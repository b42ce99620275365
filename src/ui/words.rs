//! Every text of the interface, in English, 简体 and 繁體 (in Taiwan's wording).
//!
//! The table is checked when the program is built: a word without all three languages, or with a
//! parameter that one of them does not have, does not compile; a word that nothing uses is reported.

use std::fmt::Display;

use crate::document::AsideReason;
use crate::import::ImportError;
use crate::session::{Language, OpenError};

/// The words of one language.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Words(Language);

impl Words {
    /// The words of a language.
    pub fn of(language: Language) -> Self {
        Self(language)
    }

    /// Which language it is.
    pub fn language(self) -> Language {
        self.0
    }
}

impl Words {
    /// Why a block was set aside.
    pub(crate) fn why_set_aside(self, reason: AsideReason) -> &'static str {
        match reason {
            AsideReason::Navigation => self.aside_navigation(),
            AsideReason::RepeatedTitle => self.aside_repeated_title(),
            AsideReason::EditorLine => self.aside_editor_line(),
            AsideReason::LinkSpam => self.aside_link_spam(),
            AsideReason::PageFurniture => self.aside_page_furniture(),
            AsideReason::Hidden => self.aside_hidden(),
        }
    }

    /// Why a document could not be opened.
    pub(crate) fn why_not_opened(self, error: &OpenError) -> String {
        match error {
            OpenError::Unreadable { reason } => self.unreadable(reason),
            OpenError::NoSuchSample => self.no_such_sample().to_owned(),
            OpenError::Import(ImportError::OtherKind(kind)) => self.other_kind(kind),
            OpenError::Import(ImportError::Binary) => self.binary().to_owned(),
            OpenError::Import(ImportError::TooLarge(bytes)) => self.too_large(bytes),
            OpenError::Import(ImportError::UnknownEncoding(name)) => self.unknown_encoding(name),
            OpenError::Import(ImportError::Inconsistent(fault)) => self.taken_apart_wrongly(fault),
        }
    }
}

/// The language of the system: `zh` by script or region, everything else is English.
pub(crate) fn language_of_the_system() -> Language {
    sys_locale::get_locales().find_map(|locale| language_of(&locale)).unwrap_or(Language::English)
}

/// The interface's language for a BCP 47 tag or POSIX name; `None` for a language it does not speak.
fn language_of(locale: &str) -> Option<Language> {
    let locale = locale.to_lowercase().replace('_', "-");
    let mut parts = locale.split(['-', '.', '@']);
    let traditional = ["hant", "tw", "hk", "mo"];
    match parts.next() {
        Some("zh" | "yue") if parts.clone().any(|part| part == "hans") => Some(Language::Simplified),
        Some("yue") => Some(Language::Traditional),
        Some("zh") if parts.any(|part| traditional.contains(&part)) => Some(Language::Traditional),
        Some("zh") => Some(Language::Simplified),
        Some("en") => Some(Language::English),
        _ => None,
    }
}

/// One method for each word; a word with parameters gives a `String`.
macro_rules! words {
    ($($name:ident $(($($parameter:ident),+))?: $english:literal, $simplified:literal, $traditional:literal;)*) => {
        impl Words {
            $(words!(@word $name $(($($parameter),+))?: $english, $simplified, $traditional);)*
        }
    };
    (@word $name:ident: $english:literal, $simplified:literal, $traditional:literal) => {
        #[doc = $english]
        pub(crate) fn $name(self) -> &'static str {
            match self.0 {
                Language::English => $english,
                Language::Simplified => $simplified,
                Language::Traditional => $traditional,
            }
        }
    };
    (@word $name:ident($($parameter:ident),+): $english:literal, $simplified:literal, $traditional:literal) => {
        #[doc = $english]
        pub(crate) fn $name(self, $($parameter: impl Display),+) -> String {
            match self.0 {
                Language::English => format!($english),
                Language::Simplified => format!($simplified),
                Language::Traditional => format!($traditional),
            }
        }
    };
}

words! {
    // Documents
    open: "Open...", "打开…", "開啟…";
    open_samples: "Open the samples", "打开示例文档", "開啟範例文件";
    open_recent: "Recent documents", "最近打开的文档", "最近開啟的文件";
    forget_recent: "Clear this list", "清空列表", "清除清單";
    reload: "Read the file again", "重新读取文件", "重新讀取檔案";
    close: "Close", "关闭", "關閉";
    close_tab: "Close document", "关闭文档", "關閉文件";
    close_named(name): "Close {name}", "关闭 {name}", "關閉 {name}";
    reopen_closed: "Reopen closed document", "重新打开关闭的文档", "重新開啟已關閉的文件";
    next_tab: "Next document", "下一个文档", "下一份文件";
    previous_tab: "Previous document", "上一个文档", "上一份文件";
    quit: "Quit", "退出", "結束";
    opening(name): "Opening {name}...", "正在打开 {name}…", "正在開啟 {name}…";
    arriving: "Reading the rest...", "正在读取其余部分…", "正在讀取其餘部分…";
    not_opened: "This document could not be opened", "无法打开这份文档", "無法開啟這份文件";
    unreadable(reason): "The file could not be read: {reason}", "无法读取文件：{reason}", "無法讀取檔案：{reason}";
    no_such_sample: "There is no sample of that name.", "没有这个示例文档。", "沒有這份範例文件。";
    other_kind(kind): "This is {kind}, which Duidu cannot read yet. Save it as plain text, Markdown or HTML.", "目前还不能读取这种文件（{kind}）。请另存为纯文本、Markdown 或 HTML。", "目前還不能讀取這種檔案（{kind}）。請另存為純文字、Markdown 或 HTML。";
    binary: "This file holds binary data, not text.", "这个文件是二进制数据，不是文字。", "這個檔案是二進位資料，不是文字。";
    too_large(bytes): "This file is too large: {bytes} bytes, and at most 4 GiB of text can be read.", "文件过大：{bytes} 字节，最多可读取 4 GiB 文字。", "檔案過大：{bytes} 位元組，最多可讀取 4 GiB 文字。";
    unknown_encoding(name): "There is no encoding with the name “{name}”.", "没有名为“{name}”的编码。", "沒有名為「{name}」的編碼。";
    taken_apart_wrongly(fault): "The text was taken apart wrongly, which is a fault of Duidu: {fault}", "文字分析有误，这是程序的错误：{fault}", "文字分析有誤，這是程式的錯誤：{fault}";

    // The welcome
    welcome_title: "Read Chinese in either script, and keep what you think of it", "繁简对读，边读边记", "繁簡對讀，邊讀邊記";
    welcome_open: "Open a document, or drop files here: plain text, Markdown or HTML.", "打开文档，或把文件拖到这里：纯文本、Markdown 或 HTML。", "開啟文件，或將檔案拖曳到這裡：純文字、Markdown 或 HTML。";
    welcome_toggle(key): "Press {key} to read it in the other script. The file is never changed.", "按 {key} 切换繁简。文件本身不会被改动。", "按 {key} 切換繁簡。檔案本身不會被更動。";
    welcome_highlight(keys, note): "Select words and press {keys} to highlight them, or {note} to write a note.", "选中文字后按 {keys} 标记，按 {note} 写笔记。", "選取文字後按 {keys} 標記，按 {note} 寫筆記。";
    welcome_saved: "Notes are saved by themselves, beside the document, and stay on their words in every script.", "笔记自动保存在文档旁边，显示为简体或繁体时，都跟着原来的文字。", "筆記會自動儲存在文件旁邊，顯示為簡體或繁體時，都跟著原來的文字。";
    drop_to_open: "Drop to open", "松开即可打开", "放開即可開啟";

    // Script
    script: "Script", "繁简", "繁簡";
    as_written: "As written", "原文", "原文";
    simplified: "简", "简", "简";
    traditional: "繁", "繁", "繁";
    taiwan: "臺", "臺", "臺";
    hong_kong: "港", "港", "港";
    simplified_name: "Simplified", "简体", "簡體";
    traditional_name: "Traditional", "繁体", "繁體";
    taiwan_name: "Traditional, Taiwan", "台湾正体", "臺灣正體";
    hong_kong_name: "Traditional, Hong Kong", "香港繁体", "香港繁體";
    show_as_written: "Show as written", "按原文显示", "依原文顯示";
    show_simplified: "Show in Simplified", "显示为简体", "顯示為簡體";
    show_traditional: "Show in Traditional", "显示为繁体", "顯示為繁體";
    show_taiwan: "Show in Taiwan's forms", "显示为台湾正体", "顯示為臺灣正體";
    show_hong_kong: "Show in Hong Kong's forms", "显示为香港繁体", "顯示為香港繁體";
    toggle_script: "Switch script", "切换繁简", "切換繁簡";
    next_script: "Next script", "下一种显示方式", "下一種顯示方式";
    regional_words: "Regional words", "地区用词", "地區用詞";
    regional_words_hint: "Exchange words too: 网络 and 網路, 信息 and 資訊", "用词也随地区转换：网络、網路，信息、資訊", "用詞也隨地區轉換：网络、網路，信息、資訊";
    written_simplified: "Written in Simplified", "原文为简体", "原文為簡體";
    written_traditional: "Written in Traditional", "原文为繁体", "原文為繁體";
    written_mixed: "Written in mixed script", "原文繁简混用", "原文繁簡混用";
    written_undecided: "Script undecided", "未能判断繁简", "無法判斷繁簡";
    shown_as(script): "shown: {script}", "显示：{script}", "顯示：{script}";
    with_regional_words(script): "{script}, regional words", "{script}，地区用词", "{script}，地區用詞";
    preparing_script: "Preparing the conversion...", "正在准备转换…", "正在準備轉換…";
    toggle_asides: "Show what was set aside", "显示被搁置的内容", "顯示被擱置的內容";

    // Places
    back: "Back", "后退", "返回";
    forward: "Forward", "前进", "前進";
    position(percent): "{percent}%", "{percent}%", "{percent}%";
    position_label(percent): "Position: {percent}%", "位置：{percent}%", "位置：{percent}%";
    outline: "Outline", "大纲", "大綱";
    outline_empty: "No headings were found in this document.", "这份文档里没有找到标题。", "這份文件裡沒有找到標題。";
    text_of_document: "Text of the document", "文档正文", "文件正文";
    scroll_bar: "Position in the document", "文档中的位置", "文件中的位置";
    toggle_outline: "Show or hide the outline", "显示或隐藏大纲", "顯示或隱藏大綱";

    // Editing
    edit: "Edit", "编辑", "編輯";
    undo: "Undo", "撤销", "復原";
    redo: "Redo", "重做", "重做";
    copy: "Copy", "复制", "複製";
    copy_as_written: "Copy as written", "复制原文", "複製原文";
    select_all: "Select all", "全选", "全選";

    // Finding
    find: "Find", "查找", "尋找";
    find_hint: "Find in either script...", "查找（不分繁简）…", "尋找（不分繁簡）…";
    next_hit: "Next place found", "下一处", "下一處";
    previous_hit: "Previous place found", "上一处", "上一處";
    close_find: "Close find", "关闭查找", "關閉尋找";
    hit_count(current, total): "{current} of {total}", "第 {current} 处，共 {total} 处", "第 {current} 處，共 {total} 處";
    hits_found(total): "{total} found", "找到 {total} 处", "找到 {total} 處";
    hits_so_far(total): "{total} so far...", "已找到 {total} 处…", "已找到 {total} 處…";
    nothing_found: "Nothing found", "没有找到", "沒有找到";
    finding: "Looking...", "正在查找…", "正在尋找…";
    find_teaches: "Simplified and Traditional, half and full width all count as the same.", "不区分繁体与简体、全角与半角。", "不區分繁體與簡體、全形與半形。";
    ignore_punctuation: "Ignore punctuation and spaces", "忽略标点和空格", "忽略標點和空格";
    only_as_written: "Only as written", "只按原文匹配", "只比對原文";

    // Notes
    notes: "Notes", "笔记", "筆記";
    toggle_notes: "Show or hide the notes", "显示或隐藏笔记", "顯示或隱藏筆記";
    yellow: "Yellow", "黄色", "黃色";
    green: "Green", "绿色", "綠色";
    blue: "Blue", "蓝色", "藍色";
    pink: "Pink", "粉色", "粉紅色";
    purple: "Purple", "紫色", "紫色";
    highlight_yellow: "Highlight in yellow", "标为黄色", "標為黃色";
    highlight_green: "Highlight in green", "标为绿色", "標為綠色";
    highlight_blue: "Highlight in blue", "标为蓝色", "標為藍色";
    highlight_pink: "Highlight in pink", "标为粉色", "標為粉紅色";
    highlight_purple: "Highlight in purple", "标为紫色", "標為紫色";
    on_selection: "For the selected words", "对选中文字的操作", "對選取文字的操作";
    open_note: "Open the note", "打开笔记", "開啟筆記";
    find_this: "Find these words", "查找这段文字", "尋找這段文字";
    correct_this: "Correct the conversion", "校正转换", "校正轉換";
    select_paragraph: "Select the paragraph", "选中整段", "選取整段";
    note_on_selection: "Note on the selection", "为选中文字写笔记", "為選取文字寫筆記";
    bookmark: "Bookmark", "书签", "書籤";
    add_bookmark: "Bookmark this place", "在此处加书签", "在此處加入書籤";
    next_note: "Next note", "下一条笔记", "下一則筆記";
    previous_note: "Previous note", "上一条笔记", "上一則筆記";
    note_text: "Note", "笔记内容", "筆記內容";
    note_hint: "What do you think of it?", "写下想法…", "寫下想法…";
    tags: "Tags", "标签", "標籤";
    add_tag: "Add a tag", "添加标签", "新增標籤";
    tag_hint: "topic/part", "主题/分类", "主題/分類";
    remove_tag(tag): "Remove tag {tag}", "移除标签 {tag}", "移除標籤 {tag}";
    not_a_tag: "A tag needs a name on each side of \"/\".", "“/”的两边都要有名称。", "「/」的兩邊都要有名稱。";
    colour: "Colour", "颜色", "顏色";
    delete_note: "Delete note", "删除笔记", "刪除筆記";
    close_note: "Close note", "收起笔记", "收起筆記";
    place_note: "Put it on the selection", "放到选中的文字上", "放到選取的文字上";
    filter_notes: "Filter the notes", "筛选笔记", "篩選筆記";
    filter_hint: "Filter...", "筛选…", "篩選…";
    filter_by_colour(colour): "Only {colour}", "只看{colour}", "只看{colour}";
    filter_by_tag: "By tag", "按标签", "依標籤";
    any_tag: "Any tag", "全部标签", "全部標籤";
    show_all_notes: "Show all", "显示全部", "顯示全部";
    notes_shown(shown, total): "{shown} of {total}", "{total} 条中的 {shown} 条", "{total} 則中的 {shown} 則";
    one_note: "1 note", "共 1 条", "共 1 則";
    note_count(total): "{total} notes", "共 {total} 条", "共 {total} 則";
    notes_empty(keys): "No notes yet. Select words in the text and press {keys}.", "还没有笔记。在正文中选中文字，按 {keys}。", "還沒有筆記。在正文中選取文字，按 {keys}。";
    notes_filtered_away: "No note fits the filter.", "没有符合条件的笔记。", "沒有符合條件的筆記。";
    moved: "Moved", "已移位", "已移動";
    moved_hint: "The document changed. The note was found again, and these are its words now.", "文档有改动，笔记已重新定位到这里。", "文件有更動，筆記已重新定位到這裡。";
    unsure: "Unsure", "不确定", "不確定";
    unsure_hint: "The document changed, and more than one place would fit. Go to one of them, or select the words and put the note there.", "文档有改动，有不止一处可能。可以跳到其中一处，或选中文字再放上去。", "文件有更動，有不只一處可能。可以前往其中一處，或選取文字再放上去。";
    lost: "Lost", "找不到原文", "找不到位置";
    lost_hint: "The words are no longer in the document. The note is kept; select words and put it there.", "文档里已没有这段文字。笔记仍然保留，可以选中文字再放上去。", "文件裡已沒有這段文字。筆記仍會保留，可以選取文字再放上去。";
    candidate(number): "Place {number}", "第 {number} 处", "第 {number} 處";

    // The state of saving
    saved: "All notes saved", "笔记已全部保存", "筆記已全部儲存";
    saving: "Saving...", "正在保存…", "正在儲存…";
    not_saved(reason): "Notes not saved: {reason}", "笔记未保存：{reason}", "筆記未儲存：{reason}";
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

    // Information
    file: "File", "文件", "檔案";
    title: "Title", "标题", "標題";
    author: "Author", "作者", "作者";
    source: "Source", "来源", "來源";
    date: "Date", "日期", "日期";
    language_declared: "Declared language", "声明的语言", "宣告的語言";
    address: "Address", "网址", "網址";
    format: "Format", "格式", "格式";
    plain_text: "Plain text", "纯文本", "純文字";
    size: "Size", "大小", "大小";
    size_bytes(bytes): "{bytes} bytes", "{bytes} 字节", "{bytes} 位元組";
    size_kilobytes(kilobytes): "{kilobytes} kB", "{kilobytes} kB", "{kilobytes} kB";
    size_megabytes(megabytes): "{megabytes} MB", "{megabytes} MB", "{megabytes} MB";
    encoding: "Encoding", "编码", "編碼";
    encoding_detect: "Detect", "自动检测", "自動偵測";
    by_byte_order_mark: "by its byte order mark", "依据字节顺序标记", "依據位元組順序標記";
    by_validity: "valid throughout", "全文有效", "全文有效";
    by_declaration: "as declared", "依据声明", "依據宣告";
    by_guess: "a guess", "推测", "推測";
    by_choice: "your choice", "由您指定", "由您指定";
    undecodable(count): "places that could not be decoded: {count}", "{count} 处无法解码", "{count} 處無法解碼";
    kept_in: "Notes kept in", "笔记保存于", "筆記儲存於";
    kept_elsewhere: "in your data folder, because the document's folder cannot be written to", "保存在用户数据目录，因为文档所在的目录不可写入", "儲存在使用者資料夾，因為文件所在的資料夾無法寫入";
    set_aside_file(name): "A damaged notes file was set aside as {name}", "损坏的笔记文件已另存为 {name}", "損壞的筆記檔案已另存為 {name}";
    warnings: "Warnings", "警告", "警告";
    repairs: "Repairs", "修复", "修復";
    repairs_hint: "How the text is read. The file itself is not changed; switch off what is wrong.", "这些只影响阅读方式，文件本身不变；不对的可以关闭。", "這些只影響閱讀方式，檔案本身不變；不對的可以關閉。";
    repairs_none: "Nothing had to be repaired.", "没有需要修复的地方。", "沒有需要修復的地方。";
    repair_column: "Paragraphs cut in two by a column or page", "被分栏或分页截断的段落", "被分欄或分頁截斷的段落";
    repair_hard_wrap: "Lines of one width joined", "合并固定行宽的断行", "合併固定行寬的斷行";
    repair_indent: "Spaces used as an indent", "用作缩进的空格", "用作縮排的空格";
    repair_continuation: "Notes of continuation (from another page)", "转版、接版的说明", "轉版、接版的說明";
    asides: "Set aside", "被搁置的内容", "被擱置的內容";
    asides_count(count): "{count} set aside", "搁置 {count} 处", "擱置 {count} 處";
    asides_none: "Nothing was set aside.", "没有被搁置的内容。", "沒有被擱置的內容。";
    aside_navigation: "Navigation", "导航", "導覽";
    aside_repeated_title: "Title repeated", "重复的标题", "重複的標題";
    aside_editor_line: "Editor's line", "编辑署名", "編輯署名";
    aside_link_spam: "Links that do not belong to the text", "与正文无关的链接", "與正文無關的連結";
    aside_page_furniture: "Header, footer or page number", "页眉、页脚或页码", "頁首、頁尾或頁碼";
    aside_hidden: "Hidden by the page", "网页隐藏的内容", "網頁隱藏的內容";
    go_there: "Go there", "前往", "前往";

    list_each: "List each", "逐项列出", "逐項列出";
    repairs_refused: "Switched off:", "已关闭：", "已關閉：";
    warns_empty: "The file holds no text.", "文件中没有文字。", "檔案中沒有文字。";
    warns_undecodable(places, encoding): "Places that are not valid {encoding} and show �: {places}.", "有 {places} 处不是有效的 {encoding}，显示为 �。", "有 {places} 處不是有效的 {encoding}，顯示為 �。";
    warns_wrongly_declared(declared, used): "The file says it is in {declared}, but it was read as {used}.", "文件声明为 {declared}，但按 {used} 读取。", "檔案宣告為 {declared}，但以 {used} 讀取。";
    warns_markup: "The markup is nested too deeply, so the file is shown as plain text.", "标记嵌套过深，文件按纯文本显示。", "標記巢狀過深，檔案以純文字顯示。";

    // Doubts and corrections
    doubts_none: "No doubtful characters were found.", "没有发现存疑的字词。", "沒有發現存疑的字詞。";
    doubts_checking: "Looking through the document...", "正在检查全文…", "正在檢查全文…";
    check: "Look for doubtful characters", "检查存疑字词", "檢查存疑字詞";
    doubt_suggests(found, suggestion): "{found} → {suggestion}?", "{found} → {suggestion}？", "{found} → {suggestion}？";
    corrections_none: "No corrections yet. Add one where a conversion is wrong: 后 shown as 後, or a name that stays as it is.", "还没有校正。转换有误时可以添加：例如“后”显示为“後”，或某个人名不作转换。", "還沒有校正。轉換有誤時可以新增：例如「后」顯示為「後」，或某個人名不作轉換。";
    correct_source: "As written", "原文", "原文";
    correct_shown: "Shown as (empty: kept as written)", "显示为（留空则保持原文）", "顯示為（留空則保持原文）";
    correct: "Correct", "校正", "校正";
    kept_as_written: "kept as written", "保持原文", "保持原文";
    for_this_document: "This document", "仅此文档", "僅此文件";
    for_all_documents: "All documents", "所有文档", "所有文件";
    add: "Add", "添加", "新增";
    remove_correction(source): "Remove the correction of {source}", "移除“{source}”的校正", "移除「{source}」的校正";

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

    // Export
    export_format: "Format", "格式", "格式";
    export_table: "Table (CSV)", "表格（CSV）", "表格（CSV）";
    export_order: "Order", "顺序", "順序";
    by_document: "As in the document", "按文档顺序", "依文件順序";
    by_tag: "By tag", "按标签", "依標籤";
    export_all: "All of this document", "本文档的全部笔记", "本文件的全部筆記";
    export_filtered: "Only the notes in the list", "只导出列表中的笔记", "只匯出清單中的筆記";
    export_which: "Which notes", "范围", "範圍";
    export_go: "Export...", "导出…", "匯出…";
    exported_id: "Id", "编号", "編號";
    exported_quotation: "Quotation", "引文", "引文";
    exported_headings: "Headings", "所在标题", "所在標題";
    exported_paragraph: "Paragraph", "段落", "段落";
    exported_start: "From character", "起始字符", "起始字元";
    exported_end: "To character", "结束字符", "結束字元";
    exported_created: "Made", "创建时间", "建立時間";
    exported_changed: "Changed", "修改时间", "修改時間";
    exported_state: "State", "状态", "狀態";
    exported_other_document: "Other document", "另一文档", "另一文件";
    exported_other_quotation: "Its passage", "另一文档的原文", "另一文件的原文";
    exported_without_tag: "Without a tag", "没有标签", "沒有標籤";
    exact: "In its place", "位置无误", "位置無誤";
    export_count(count): "Notes to be exported: {count}", "将导出 {count} 条笔记。", "將匯出 {count} 則筆記。";

    // Exports of notes
    export_page: "Export", "导出", "匯出";
    export_open_documents: "All open documents", "所有打开的文档", "所有開啟的文件";
    export_chosen(count): "The chosen notes ({count})", "选中的笔记（{count} 条）", "選取的筆記（{count} 則）";
    export_grouping: "Groups", "分组", "分組";
    export_docx_quotations: "Quotations (DOCX)", "引文（DOCX）", "引文（DOCX）";
    export_docx_comments: "Text with comments (DOCX)", "正文加批注（DOCX）", "內文加註解（DOCX）";
    export_text: "Plain text", "纯文本", "純文字";
    export_ron: "For Duidu (RON)", "供对读程序使用（RON）", "供對讀程式使用（RON）";
    export_template: "Template", "模板", "範本";
    export_template_hint: "Your own templates are the files NAME.ENDING.j2 in the folder templates of Duidu's settings.", "您自己的模板放在程序设置目录的 templates 文件夹中，文件名为“名称.后缀.j2”。", "您自己的範本放在程式設定的 templates 資料夾中，檔名為「名稱.副檔名.j2」。";
    template_own: "your own", "自己的模板", "自己的範本";
    template_vault: "linked notes with front matter", "带元数据的互联笔记", "附中繼資料的互聯筆記";
    template_table: "a table for a paper", "论文用表格", "論文用表格";
    template_reading_notes: "reading notes", "读书笔记", "讀書筆記";
    order_made: "Oldest first", "按时间先后", "依時間先後";
    order_tag: "Tags in order", "按标签排序", "依標籤排序";
    order_colour: "Colours in order", "按颜色排序", "依顏色排序";
    group_by_headings: "By heading", "按标题", "依標題";
    group_by_colour: "By colour", "按颜色", "依顏色";
    group_by_day: "By day", "按日期", "依日期";
    group_by_document: "By document", "按文档", "依文件";
    group_by_nothing: "No groups", "不分组", "不分組";
    export_author: "Comments by", "批注者", "註解者";
    export_both_scripts: "As written too", "同时列出原文写法", "一併列出原文寫法";
    export_places: "Say where the files lie", "注明文件位置", "註明檔案位置";
    export_places_hint: "Paths name folders of your computer: leave this off for files that you give away.", "路径会透露您电脑上的文件夹名称；要交给别人的文件请勿勾选。", "路徑會透露您電腦上的資料夾名稱；要交給別人的檔案請勿勾選。";
    export_copy: "Copy", "复制", "複製";
    export_progress: "How much is exported", "导出进度", "匯出進度";
    export_preview: "How it begins", "预览", "預覽";
    export_preview_cut: "… and so on", "……以下从略", "……以下從略";
    export_nothing_yet: "Highlight some words or write a note: what is exported is shown here first.", "先划线或写笔记，这里会预览将要导出的内容。", "先劃線或寫筆記，這裡會預覽將要匯出的內容。";
    export_fault(reason): "This cannot be exported: {reason}", "无法导出：{reason}", "無法匯出：{reason}";
    export_copied(count): "Copied. Notes: {count}", "已复制 {count} 条笔记", "已複製 {count} 則筆記";
    export_stopped: "The export was cancelled.", "已取消导出。", "已取消匯出。";
    exported_document: "Document", "文档", "文件";
    exported_reference: "Reference", "参考文献", "參考文獻";
    exported_before: "Before it", "前文", "前文";
    exported_after: "After it", "后文", "後文";
    exported_without_place: "Notes without a place in the text", "在正文中没有位置的笔记", "在內文中沒有位置的筆記";
    exported_reader: "Reader", "读者", "讀者";

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
    changed_on_disk(name): "{name} has changed on disk. Read it again to see the new text.", "“{name}”在磁盘上有改动。重新读取即可看到新内容。", "「{name}」在磁碟上有更動。重新讀取即可看到新內容。";
    no_dialog(reason): "No file dialog: {reason}", "无法显示文件对话框：{reason}", "無法顯示檔案對話方塊：{reason}";
    nothing_selected: "Select some words first.", "请先选中文字。", "請先選取文字。";
    still_arriving: "The document is still arriving. Notes can be made as soon as it is here.", "文档仍在读取，读完后即可做笔记。", "文件仍在讀取，讀完後即可做筆記。";
    nothing_to_export: "There is nothing to export.", "没有可以导出的内容。", "沒有可以匯出的內容。";

    // Reading against each other
    compare: "Compare...", "对读…", "對讀…";
    compare_short: "Compare", "对读", "對讀";
    compare_hint: "Read two documents, or two sections, against each other", "两份文档（或其中的部分）并排对读", "兩份文件（或其中的部分）並排對讀";
    compare_with(name): "Compare with {name}", "与“{name}”对读", "與「{name}」對讀";
    compare_section_with: "Compare this section with...", "将本部分与……对读", "將本部分與……對讀";
    compare_start: "Read against each other", "开始对读", "開始對讀";
    compare_needs_two: "Comparing needs two sides. Open a second document, or choose two sections of this one.", "对读需要左右两边。请再打开一份文档，或者选择本文档的两个部分。", "對讀需要左右兩邊。請再開啟一份文件，或選擇本文件的兩個部分。";
    compare_same_text: "Both sides are the same text. Choose another document, or a section of each.", "两边是同一段文字。请另选文档，或各选一个部分。", "兩邊是同一段文字。請另選文件，或各選一個部分。";
    compare_open_another: "Open another...", "打开其他文档…", "開啟其他文件…";
    compare_section: "Section", "部分", "部分";
    compare_whole: "The whole document", "全文", "全文";
    compare_box(title): "Box: {title}", "专栏：{title}", "專欄：{title}";
    left_side: "Left", "左", "左";
    right_side: "Right", "右", "右";
    left_document: "Left document", "左边的文档", "左邊的文件";
    right_document: "Right document", "右边的文档", "右邊的文件";
    left_section: "Section of the left document", "左边文档的部分", "左邊文件的部分";
    right_section: "Section of the right document", "右边文档的部分", "右邊文件的部分";
    active_pane(title): "{title} (keys act here)", "{title}（当前一边）", "{title}（目前這一邊）";
    pane_script(side, script): "Script, {side}: {script}", "{side}边字形：{script}", "{side}邊字形：{script}";
    pane_larger(side): "Larger text, {side}", "{side}边字号加大", "{side}邊字級加大";
    pane_smaller(side): "Smaller text, {side}", "{side}边字号减小", "{side}邊字級縮小";
    pane_section(side): "Section, {side}", "{side}边的部分", "{side}邊的部分";

    verdict_same: "Same text", "同文", "同文";
    verdict_revised: "Revised", "改动", "改動";
    verdict_theme: "Same theme", "同题", "同題";
    verdict_only: "Only here", "独有", "獨有";
    verdict_same_hint: "The same wording; at most script, width, punctuation, regional words or variant characters differ", "文字相同；至多有繁简、全半角、标点、地区用词或异体字的差别", "文字相同；至多有繁簡、全半形、標點、地區用詞或異體字的差別";
    verdict_revised_hint: "The same sentence or paragraph, edited, cut, extended or reordered", "同一句或同一段，经过增删、改写或调换次序", "同一句或同一段，經過增刪、改寫或調換次序";
    verdict_theme_hint: "Another wording about the same matter", "措辞不同，说的是同一件事", "措辭不同，說的是同一件事";
    verdict_only_hint: "Nothing on the other side answers it", "另一边没有对应的内容", "另一邊沒有對應的內容";

    next_link: "Next link", "下一处对应", "下一處對應";
    previous_link: "Previous link", "上一处对应", "上一處對應";
    next_difference: "Next difference", "下一处差异", "下一處差異";
    previous_difference: "Previous difference", "上一处差异", "上一處差異";
    differences: "Differences", "差异", "差異";
    next_only_here: "Next passage that is only here", "下一处独有", "下一處獨有";
    previous_only_here: "Previous passage that is only here", "上一处独有", "上一處獨有";
    switch_pane: "Go to the other pane", "转到另一边", "轉到另一邊";
    swap_sides: "Swap left and right", "左右互换", "左右互換";
    line_up: "Line up here", "在此对齐", "在此對齊";
    lock: "Scroll both together", "两边同步滚动", "兩邊同步捲動";
    slight_differences: "Show slight differences", "显示细微差别", "顯示細微差別";
    lock_short: "Lock", "同步", "同步";
    line_up_short: "Line up", "对齐", "對齊";
    slight_short: "Slight", "细微", "細微";
    more: "More", "更多", "更多";
    add_link_as(verdict): "Link the two selections: {verdict}", "把两边所选连为{verdict}", "將兩邊所選連為{verdict}";
    slight_hint: "Differences of script, width, variants and punctuation only", "仅繁简、全半角、异体、标点的差别", "僅繁簡、全半形、異體、標點的差別";
    surroundings: "Show what stands around the section", "显示所选部分的上下文", "顯示所選部分的上下文";
    no_chosen_link: "Show all links in sight again", "重新显示视野内的全部对应", "重新顯示視野內的全部對應";
    confirm_link: "Confirm this link", "确认这处对应", "確認這處對應";
    refuse_link: "Refuse this link", "否定这处对应", "否定這處對應";
    relabel_same: "This is the same text", "改判为同文", "改判為同文";
    relabel_revised: "This is a revision", "改判为改动", "改判為改動";
    relabel_theme: "This is the same theme", "改判为同题", "改判為同題";
    relabel_next: "Another verdict", "换一个判定", "換一個判定";
    add_link: "Link the two selections", "把两边所选连为对应", "將兩邊所選連為對應";
    add_link_hint: "Select some words on either side first", "请先在两边各选一段文字", "請先在兩邊各選一段文字";
    pin_passages: "Pin the two selections to each other", "把两边所选固定为同一处", "將兩邊所選固定為同一處";
    highlight_link: "Highlight this link", "标出这处对应", "標示這處對應";
    note_on_link: "Note on this link", "为这处对应做笔记", "為這處對應做筆記";
    toggle_links: "List of links", "对应列表", "對應清單";
    links: "Links", "对应", "對應";
    board: "Board of all documents", "多份总览", "多份總覽";
    board_hint: "A column for each document, a row for each theme", "每份文档一栏，每个主题一行", "每份文件一欄，每個主題一列";
    board_empty_cell: "Says nothing of this", "未提及", "未提及";
    board_none: "No theme is common to two of the documents.", "这些文档没有共同的主题。", "這些文件沒有共同的主題。";
    board_working(percent): "Comparing every pair: {percent} %", "正在逐对比较：{percent}%", "正在逐對比較：{percent}%";
    board_needs_two: "The board needs two open documents at least.", "总览至少需要打开两份文档。", "總覽至少需要開啟兩份文件。";
    board_documents(count): "Documents: {count}", "文档：{count}", "文件：{count}";
    board_only_here: "With what stands in one document only", "包括只见于一份文档的内容", "包括只見於一份文件的內容";
    compare_again: "Compare again", "重新比较", "重新比較";
    cancel_comparing: "Stop comparing", "停止比较", "停止比較";

    comparing_running(percent): "Comparing: {percent} %", "正在比较：{percent}%", "正在比較：{percent}%";
    comparing_waiting: "Waiting for both documents...", "正在等待两份文档…", "正在等待兩份文件…";
    comparing_cancelled: "The comparison was stopped. Both documents can be read all the same.", "比较已停止，两份文档仍可阅读。", "比較已停止，兩份文件仍可閱讀。";
    comparing_failed(reason): "The comparison failed: {reason}", "比较失败：{reason}", "比較失敗：{reason}";
    compared_missing(name): "{name} is not open", "“{name}”没有打开", "「{name}」沒有開啟";
    open_both: "Open both documents", "打开两份文档", "開啟兩份文件";
    no_links(keys): "No links were found: nothing on either side answers the other. Both texts stand alone, which is a finding too. Passages that you know to correspond can be linked by hand: select words on both sides, then {keys}.", "没有找到对应：两边各说各的，这本身也是一个发现。若你知道哪些段落相对应，可以手动连接：在两边各选文字，再按 {keys}。", "沒有找到對應：兩邊各說各的，這本身也是一個發現。若你知道哪些段落相對應，可以手動連接：在兩邊各選文字，再按 {keys}。";
    links_filtered_away: "The filter lets no link through.", "没有符合筛选条件的对应。", "沒有符合篩選條件的對應。";
    links_later: "Links are listed here as soon as both sides were compared.", "比较完成后，对应会列在这里。", "比較完成後，對應會列在這裡。";
    filter_links: "Filter the links", "筛选对应", "篩選對應";
    filter_links_hint: "Words of either side", "任一边的文字", "任一邊的文字";
    show_all_links: "Show all", "显示全部", "顯示全部";
    sort_links: "Order of the list", "排列次序", "排列次序";
    sort_order: "By the order of the text", "按原文次序", "依原文次序";
    sort_strength: "By strength", "按强弱", "依強弱";
    sort_verdict: "By verdict", "按判定", "依判定";
    filter_count(name, count): "{name} {count}", "{name} {count}", "{name} {count}";
    filter_crossing: "Crossing", "交叉", "交叉";
    filter_crossing_hint: "Links that stand across the order of the others", "与其他对应次序交叉的对应", "與其他對應次序交叉的對應";
    filter_ruled: "Decided by you", "经你裁定", "經你裁定";
    filter_only(left, right): "Only here {left} + {right}", "独有 {left} + {right}", "獨有 {left} + {right}";
    coverage_line(side, answered, shared): "{side}: {answered} % answered, {shared} % in shared wording", "{side}：{answered}% 有对应，{shared}% 用词相同", "{side}：{answered}% 有對應，{shared}% 用詞相同";
    overview_name(side): "Overview, {side}", "总览，{side}边", "總覽，{side}邊";
    overview_value(percent, answered): "At {percent} %. {answered} % has an answer on the other side.", "位于 {percent}%；{answered}% 在另一边有对应。", "位於 {percent}%；{answered}% 在另一邊有對應。";
    ribbon_name(verdict, score, left, right): "{verdict}, {score} %: {left} / {right}", "{verdict}，{score}%：{left} / {right}", "{verdict}，{score}%：{left} / {right}";
    block_answered(verdict): "This paragraph: {verdict}", "本段：{verdict}", "本段：{verdict}";
    strength(score): "{score} %", "{score}%", "{score}%";
    crosses_order: "across the order", "次序交叉", "次序交叉";
    ruled_confirmed: "confirmed", "已确认", "已確認";
    ruled_relabelled: "your verdict", "你的判定", "你的判定";
    ruled_added: "added by you", "你添加的", "你加入的";
    decisions(count): "Your decisions: {count}", "你的裁定：{count}", "你的裁定：{count}";
    decision_confirm: "Confirmed", "已确认", "已確認";
    decision_refuse: "Refused", "已否定", "已否定";
    decision_relate(verdict): "Related: {verdict}", "判为{verdict}", "判為{verdict}";
    decision_pin: "Pinned", "已固定", "已固定";
    remove_ruling(name): "Take back: {name}", "撤销：{name}", "撤銷：{name}";

    reason_wording(left, right): "{left} % and {right} % of the wording is shared", "共有文字：左 {left}%、右 {right}%", "共有文字：左 {left}%、右 {right}%";
    reason_words(words): "both say {words}", "都有{words}", "都有{words}";
    reason_leading(words): "both begin with {words}", "首句都说{words}", "首句都說{words}";
    reason_named(names): "both name {names}", "都提到{names}", "都提到{names}";
    reason_theme(name, left, right): "theme “{name}”: {left} / {right}", "主题“{name}”：{left} / {right}", "主題「{name}」：{left} / {right}";
    reason_headings(left, right): "under answering headings: {left} / {right}", "所属标题相应：{left} / {right}", "所屬標題相應：{left} / {right}";
    reason_order: "same place in the order", "次序相应", "次序相應";
    reason_reader: "you say so", "你的裁定", "你的裁定";
    list_dot: ", ", "、", "、";
    reason_break: "; ", "；", "；";

    nothing_to_compare: "There is nothing to compare: one of the sides is empty.", "没有可比较的内容：有一边是空的。", "沒有可比較的內容：有一邊是空的。";
    comparison_waits(name): "The comparison waits for {name}.", "对读正在等待“{name}”。", "對讀正在等待「{name}」。";
    no_link_chosen: "Choose a link first.", "请先选择一处对应。", "請先選擇一處對應。";
    nothing_selected_on_both: "Select some words on both sides first.", "请先在两边各选一段文字。", "請先在兩邊各選一段文字。";
    no_further_link: "There is no further link.", "没有更多对应了。", "沒有更多對應了。";
    no_further_difference: "There is no further difference in this link.", "这处对应里没有更多差异了。", "這處對應裡沒有更多差異了。";
    no_further_only_here: "There is no further passage that is only here.", "没有更多独有的段落了。", "沒有更多獨有的段落了。";
    rulings_placed(counts): "The documents have changed. Your decisions {counts}.", "文档有改动。你的裁定{counts}。", "文件有更動。你的裁定{counts}。";
    comparison_not_opened(path, reason): "What was decided about this pair could not be read from {path}: {reason}", "无法从 {path} 读取这一对的裁定：{reason}", "無法從 {path} 讀取這一對的裁定：{reason}";
    export_comparison: "Export the comparison", "导出对照表", "匯出對照表";
    export_script_left: "Left column", "左栏", "左欄";
    export_script_right: "Right column", "右栏", "右欄";
    group_comparison: "Reading against each other", "对读", "對讀";

    decided_refuse(undo): "Refused: they do not answer each other. {undo} takes it back", "已否定：两处不相应。按 {undo} 撤销", "已否定：兩處不相應。按 {undo} 復原";
    decided_confirm(undo): "Confirmed. {undo} takes it back", "已确认。按 {undo} 撤销", "已確認。按 {undo} 復原";
    decided_pin(undo): "Pinned to each other. {undo} takes it back", "已固定为同一处。按 {undo} 撤销", "已固定為同一處。按 {undo} 復原";
    decided_relate(verdict, undo): "Linked by you: {verdict}. {undo} takes it back", "已由你加上对应：{verdict}。按 {undo} 撤销", "已由你加上對應：{verdict}。按 {undo} 復原";

    far_notes(count): "Notes of other documents: {count}", "其他文档的笔记：{count}", "其他文件的筆記：{count}";
    far_note_go(title): "Go to the note on {title}", "转到“{title}”的笔记", "前往「{title}」的筆記";

    // The export of a comparison
    export_links_all: "All links", "全部对应", "全部對應";
    export_links_listed: "Only the links in the list", "只导出列表中的对应", "只匯出清單中的對應";
    export_links_which: "Which links", "范围", "範圍";
    export_only_here: "List what stands only on one side", "列出独有的段落", "列出獨有的段落";
    export_slight: "Mark slight differences", "标出细微差别", "標示細微差別";
    export_links_count(count): "Links: {count}", "{count} 处对应", "{count} 處對應";
    export_printable: "Page to print (HTML)", "可打印网页（HTML）", "可列印網頁（HTML）";
    export_docx: "Word processor (DOCX)", "文字处理（DOCX）", "文書處理（DOCX）";
    export_xlsx: "Spreadsheet (XLSX)", "电子表格（XLSX）", "試算表（XLSX）";
    export_json: "For programs (JSON)", "供程序使用（JSON）", "供程式使用（JSON）";
    comparison_exported(count, path): "Comparison exported to {path}. Links: {count}", "已将对照表导出到 {path}，共 {count} 处对应", "已將對照表匯出到 {path}，共 {count} 處對應";
    table_comparison: "Comparison", "对照表", "對照表";
    table_side: "Side", "边", "邊";
    table_title: "Title", "标题", "標題";
    table_number: "No.", "序号", "序號";
    table_verdict: "Relation", "关系", "關係";
    table_score: "Score", "把握", "把握";
    table_reason: "Reason", "理由", "理由";
    table_paragraphs: "Paragraphs", "段落", "段落";
    table_text: "Text", "文字", "文字";
    table_lost_notes: "Notes on links that are no longer found", "对应已不存在的笔记", "對應已不存在的筆記";
    table_documents: "Documents", "文档", "文件";
    table_path: "File", "文件", "檔案";
    table_characters: "Characters compared", "参与比较的字数", "參與比較的字數";
    table_id: "Identity of the text (BLAKE3)", "文本标识（BLAKE3）", "文字識別碼（BLAKE3）";
    table_answered: "Answered on the other side", "在另一边有对应", "在另一邊有對應";
    table_shared: "In the same words", "用词相同", "用詞相同";
    table_nothing_answers: "Nothing here answers it", "这边没有对应", "這邊沒有對應";
    table_nothing_in_common: "Nothing on one side answers anything on the other.", "两边没有相应的内容。", "兩邊沒有相應的內容。";
    table_shared_wording: "shared wording", "共有文字", "共有文字";
    table_differing: "words that differ", "不同的字词", "不同的字詞";
    table_moved: "words that stand at another place", "移位的字词", "移位的字詞";
    table_slight: "differs in script, width, punctuation or regional words only", "仅繁简、全半角、标点或地区用词不同", "僅繁簡、全半形、標點或地區用詞不同";
    table_cut: "… (cut: a cell holds no more; the whole is in the document)", "……（单元格容量有限，此处截断；全文见文档）", "……（儲存格容量有限，此處截斷；全文見文件）";
    because_wording: "{left} of the wording on the left and {right} on the right is shared", "左边 {left}、右边 {right} 的文字两边共有", "左邊 {left}、右邊 {right} 的文字兩邊共有";
    because_words: "both say {words}, which few other passages do", "两边都有“{words}”，别处少见", "兩邊都有「{words}」，別處少見";
    because_leading_clause: "the leading clauses share {words}", "首句都有“{words}”", "首句都有「{words}」";
    because_named: "both name {words}", "都提到{words}", "都提到{words}";
    because_theme_alike: "both are about {name}: {words}", "都关于“{name}”：{words}", "都關於「{name}」：{words}";
    because_theme: "both are about {name}: {left} and {right}", "都关于“{name}”：{left}、{right}", "都關於「{name}」：{left}、{right}";
    because_headings: "they stand under headings that answer each other: {left} and {right}", "所属标题相应：{left}、{right}", "所屬標題相應：{left}、{right}";
    because_order: "both stand at the same place in the order of the two", "在两边的次序相应", "在兩邊的次序相應";
    because_reader: "the reader says so", "经读者裁定", "經讀者裁定";

    // Keys
    group_documents: "Documents", "文档", "文件";
    group_script: "Script", "繁简", "繁簡";
    group_notes: "Notes", "笔记", "筆記";
    group_find: "Finding", "查找", "尋找";
    group_place: "Places", "位置", "位置";
    group_program: "The window", "窗口", "視窗";
    keys_reading: "In the text: arrows move the cursor, with Shift they select; Page Up, Page Down, Home and End scroll.", "在正文中：方向键移动光标，加 Shift 选择文字；Page Up、Page Down、Home、End 翻动。", "在正文中：方向鍵移動游標，加 Shift 選取文字；Page Up、Page Down、Home、End 捲動。";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interface_follows_the_language_of_the_system() {
        let check = |locale: &str, expected| assert_eq!(language_of(locale), expected, "{locale}");
        check("zh-Hans-CN", Some(Language::Simplified));
        check("zh_SG.UTF-8", Some(Language::Simplified));
        check("zh-Hans-HK", Some(Language::Simplified));
        check("zh", Some(Language::Simplified));
        check("zh_TW.UTF-8", Some(Language::Traditional));
        check("zh-Hant", Some(Language::Traditional));
        check("zh-MO", Some(Language::Traditional));
        check("yue-HK", Some(Language::Traditional));
        check("en-GB", Some(Language::English));
        check("de-DE", None);
    }

    #[test]
    fn messages_hold_their_parameters_in_every_language() {
        for language in [Language::English, Language::Simplified, Language::Traditional] {
            let text = Words::of(language).hit_count(3, 27);
            assert!(text.contains('3') && text.contains("27"), "{text}");
        }
    }
}
