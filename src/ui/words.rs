//! Every text of the interface, in English, 简体 and 繁體 (in Taiwan's wording).
//!
//! The table is checked when the program is built: a word without all three languages, or with a
//! parameter that one of them does not have, does not compile; a word that nothing uses is reported.

use std::fmt::Display;

use crate::document::AsideReason;
use crate::import::{ImportError, OtherKind, Remedy};
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
            OpenError::Import(error) => self.why_not_read(error),
        }
    }

    fn why_not_read(self, error: &ImportError) -> String {
        match error {
            ImportError::OtherKind(kind) => {
                self.other_kind(self.kind_of_file(*kind), self.remedy(kind.remedy()))
            }
            ImportError::Binary => self.binary().to_owned(),
            ImportError::TooLarge(bytes) => self.too_large(bytes),
            ImportError::UnknownEncoding(name) => self.unknown_encoding(name),
            ImportError::Damaged(_, reason) => self.damaged(reason),
            ImportError::TooMuch(limit) => self.asks_too_much(limit),
            ImportError::NeedsPassword => self.needs_password().to_owned(),
            ImportError::WrongPassword => self.wrong_password().to_owned(),
            ImportError::CopyProtected => self.copy_protected().to_owned(),
            ImportError::TookTooLong { seconds } => self.took_too_long(seconds),
            ImportError::NeedsTooMuchMemory { mebibytes } => self.needs_too_much_memory(mebibytes),
            ImportError::ReaderDied(how) => self.reader_died(how),
            ImportError::Cancelled => self.cancelled().to_owned(),
            ImportError::Inconsistent(fault) => self.taken_apart_wrongly(fault),
        }
    }

    fn kind_of_file(self, kind: OtherKind) -> &'static str {
        match kind {
            OtherKind::OldOffice => self.kind_old_office(),
            OtherKind::EncryptedOffice => self.kind_encrypted_office(),
            OtherKind::Spreadsheet => self.kind_spreadsheet(),
            OtherKind::Presentation => self.kind_presentation(),
            OtherKind::Zip => "ZIP",
            OtherKind::Archive => self.kind_archive(),
            OtherKind::Picture => self.kind_picture(),
            OtherKind::DjVu => "DjVu",
            OtherKind::Kindle => "Kindle",
            OtherKind::Program => self.kind_program(),
            OtherKind::Database => self.kind_database(),
        }
    }

    fn remedy(self, remedy: Remedy) -> &'static str {
        match remedy {
            Remedy::SaveAs => self.remedy_save_as(),
            Remedy::RemovePassword => self.remedy_remove_password(),
            Remedy::Unpack => self.remedy_unpack(),
            Remedy::Convert => self.remedy_convert(),
            Remedy::OnlyText => self.remedy_only_text(),
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
    arriving_share(percent): "Reading: {percent}%", "正在读取：{percent}%", "正在讀取：{percent}%";
    arriving_parts(done, of): "Read so far: {done} of {of}", "已读取 {done} / {of}", "已讀取 {done} / {of}";
    putting_together: "Putting the text together...", "正在整理文字…", "正在整理文字…";
    stop_reading: "Stop reading this document", "停止读取这份文档", "停止讀取這份文件";
    only_beginning: "Only the beginning was read", "只读取了开头部分", "只讀取了開頭部分";
    read_rest: "Read the rest", "读取其余部分", "讀取其餘部分";
    cancelled: "Reading was cancelled.", "已取消读取。", "已取消讀取。";
    password_asks: "This file is encrypted. Its password opens it; the password is kept nowhere.", "文件已加密，请输入密码。密码不会保存。", "檔案已加密，請輸入密碼。密碼不會儲存。";
    password: "Password", "密码", "密碼";
    show_password: "Show the password", "显示密码", "顯示密碼";
    open_with_password: "Open", "打开", "開啟";
    arriving: "Reading the rest...", "正在读取其余部分…", "正在讀取其餘部分…";
    not_opened: "This document could not be opened", "无法打开这份文档", "無法開啟這份文件";
    unreadable(reason): "The file could not be read: {reason}", "无法读取文件：{reason}", "無法讀取檔案：{reason}";
    no_such_sample: "There is no sample of that name.", "没有这个示例文档。", "沒有這份範例文件。";
    other_kind(kind, remedy): "This kind of file ({kind}) cannot be read. {remedy}", "不能读取这种文件（{kind}）。{remedy}", "不能讀取這種檔案（{kind}）。{remedy}";
    kind_old_office: "old office document, such as DOC", "旧式办公文档，如 DOC", "舊式辦公文件，如 DOC";
    kind_encrypted_office: "office document with a password", "加密的办公文档", "加密的辦公文件";
    kind_spreadsheet: "spreadsheet", "电子表格", "試算表";
    kind_presentation: "presentation", "演示文稿", "簡報";
    kind_archive: "packed file", "压缩文件", "壓縮檔";
    kind_picture: "picture", "图片", "圖片";
    kind_program: "program", "程序", "程式";
    kind_database: "database", "数据库", "資料庫";
    remedy_save_as: "Open it in Word or LibreOffice and save it as DOCX, ODT or PDF.", "请用 Word 或 LibreOffice 打开，另存为 DOCX、ODT 或 PDF。", "請用 Word 或 LibreOffice 開啟，另存為 DOCX、ODT 或 PDF。";
    remedy_remove_password: "Open it in Word or LibreOffice and save it without the password.", "请用 Word 或 LibreOffice 打开，取消密码后另存。", "請用 Word 或 LibreOffice 開啟，取消密碼後另存。";
    remedy_unpack: "Unpack it and open the documents in it.", "请先解压，再打开其中的文档。", "請先解壓縮，再開啟其中的文件。";
    remedy_convert: "Convert it to EPUB or PDF.", "请转换为 EPUB 或 PDF。", "請轉換為 EPUB 或 PDF。";
    remedy_only_text: "Text, Markdown, HTML, EPUB, DOCX, ODT, RTF and PDF can be read.", "可以读取文本、Markdown、HTML、EPUB、DOCX、ODT、RTF 和 PDF。", "可以讀取文字、Markdown、HTML、EPUB、DOCX、ODT、RTF 和 PDF。";
    damaged(reason): "The file is damaged: {reason}", "文件已损坏：{reason}", "檔案已損毀：{reason}";
    asks_too_much(limit): "The file asks for more than is allowed: {limit}", "文件超出了允许的限度：{limit}", "檔案超出了允許的限度：{limit}";
    needs_password: "This file is encrypted and asks for a password.", "文件已加密，需要密码。", "檔案已加密，需要密碼。";
    wrong_password: "The password does not open this file.", "密码不正确。", "密碼不正確。";
    copy_protected: "This book is copy-protected and can be read only with the seller's own program.", "这本书有版权保护，只能用书商的程序阅读。", "這本書有版權保護，只能用書商的程式閱讀。";
    took_too_long(seconds): "Reading it took longer than {seconds} s and was stopped.", "读取超过 {seconds} 秒，已停止。", "讀取超過 {seconds} 秒，已停止。";
    needs_too_much_memory(mebibytes): "Reading it needs more memory than the {mebibytes} MiB that are allowed.", "读取所需内存超过允许的 {mebibytes} MiB。", "讀取所需記憶體超過允許的 {mebibytes} MiB。";
    reader_died(how): "The process that reads this file died: {how}", "读取此文件的进程已中止：{how}", "讀取此檔案的行程已中止：{how}";
    binary: "This file holds binary data, not text.", "这个文件是二进制数据，不是文字。", "這個檔案是二進位資料，不是文字。";
    too_large(bytes): "This file is too large: {bytes} bytes, and at most 4 GiB of text can be read.", "文件过大：{bytes} 字节，最多可读取 4 GiB 文字。", "檔案過大：{bytes} 位元組，最多可讀取 4 GiB 文字。";
    unknown_encoding(name): "There is no encoding with the name “{name}”.", "没有名为“{name}”的编码。", "沒有名為「{name}」的編碼。";
    taken_apart_wrongly(fault): "The text was taken apart wrongly, which is a fault of Duidu: {fault}", "文字分析有误，这是程序的错误：{fault}", "文字分析有誤，這是程式的錯誤：{fault}";

    // The library
    library: "Library", "文库", "文庫";
    library_teaches: "Every document that you open is listed here. Add a folder to have all documents in it at hand: they stay where they are, and can be searched all together.", "打开过的文档都列在这里。添加一个文件夹，其中的文档就都在手边：文件留在原处，可以一起搜索。", "開啟過的文件都列在這裡。加入一個資料夾，其中的文件就都在手邊：檔案留在原處，可以一起搜尋。";
    add_files: "Add files...", "添加文件…", "加入檔案…";
    add_folder: "Add a folder...", "添加文件夹…", "加入資料夾…";
    look_again: "Look again", "重新查看", "重新查看";
    make_index_anew: "Make the index again", "重建索引", "重建索引";
    make_index_anew_hint: "The index makes searching fast. It holds nothing of yours and can be made again at any time.", "索引用来加快搜索。其中没有您的内容，随时可以重建。", "索引用來加快搜尋。其中沒有您的內容，隨時可以重建。";
    stop_adding: "Stop", "停止", "停止";
    library_progress(done, all, name): "{done} of {all}: {name}", "{done}/{all}：{name}", "{done}/{all}：{name}";
    library_folder(name): "All of {name}", "整个文件夹 {name}", "整個資料夾 {name}";
    remove_folder(name): "Look at {name} no longer; its documents stay", "不再查看 {name}；其中的文档保留", "不再查看 {name}；其中的文件保留";
    filter_library: "Title or path", "标题或路径", "標題或路徑";
    documents_count(count): "Documents: {count}", "{count} 份文档", "{count} 份文件";
    documents_shown(shown, all): "Documents: {shown} of {all}", "{all} 份文档中的 {shown} 份", "{all} 份文件中的 {shown} 份";
    characters: "Characters", "字数", "字數";
    last_read: "Last read", "上次阅读", "上次閱讀";
    sort_by(name): "Sort by: {name}", "按{name}排序", "依{name}排序";
    take_out_of_library(name): "Take {name} out of the list", "从列表中移除 {name}", "從清單中移除 {name}";
    taken_out(count): "{count} taken out of the list. The files and their notes stay.", "已从列表中移除 {count} 份。文件和笔记都保留。", "已從清單中移除 {count} 份。檔案和筆記都保留。";
    put_back: "Put back", "放回", "放回";
    added_count(new, known): "Library: new documents: {new}, known before: {known}", "文库：新增 {new} 份文档，已有 {known} 份", "文庫：新增 {new} 份文件，已有 {known} 份";
    added_skipped(count, names): "No text, and left out: {count} ({names})", "{count} 个文件不是文本，已略过：{names}", "{count} 個檔案不是文字，已略過：{names}";
    file_missing_short: "not there", "文件不在", "檔案不在";
    file_missing: "Its file was not there when it was last looked at. Its notes are kept; a document with the same text that is opened elsewhere takes them along.", "上次查看时文件不在原处。笔记仍然保留；在别处打开内容相同的文档时，笔记会跟随过去。", "上次查看時檔案不在原處。筆記仍然保留；在別處開啟內容相同的文件時，筆記會跟隨過去。";
    added_missing(count): "Files that are not there now: {count}", "{count} 个文件现在不在原处", "{count} 個檔案現在不在原處";
    added_failed(count): "{count} could not be read", "{count} 个无法读取", "{count} 個無法讀取";
    added_not_indexed(reason): "Not in the index yet: {reason}", "尚未编入索引：{reason}", "尚未編入索引：{reason}";
    added_stopped: "Stopped before all of it was done", "未全部完成即停止", "未全部完成即停止";
    same_text(name, other, notes): "{name} has the same text as {other}, which has notes: {notes}. Are both to have the same notes?", "{name} 与 {other} 文字相同，后者有 {notes} 条笔记。两份共用笔记吗？", "{name} 與 {other} 文字相同，後者有 {notes} 條筆記。兩份共用筆記嗎？";
    share_notes: "Share the notes", "共用笔记", "共用筆記";
    keep_apart: "Keep them apart", "各自分开", "各自分開";
    notes_came(notes, name, from): "{notes} notes came along to {name}: its text was at {from}, where it is no longer.", "{notes} 条笔记已随 {name} 移来：同一文字原在 {from}，现已不在。", "{notes} 條筆記已隨 {name} 移來：同一文字原在 {from}，現已不在。";
    notes_shared(name): "{name} now uses the notes of the other file", "{name} 现在使用另一份文件的笔记", "{name} 現在使用另一份檔案的筆記";
    notes_not_shared(name, reason): "The notes of {name} could not be shared: {reason}", "无法共用 {name} 的笔记：{reason}", "無法共用 {name} 的筆記：{reason}";
    search_all: "Search all documents", "搜索全部文档", "搜尋全部文件";
    search_all_hint: "Words; \"a phrase\"; -without", "词语；“短语”；-排除", "詞語；「短語」；-排除";
    search_all_teaches: "Finds documents of the library that have all these words, in either script. Quotation marks keep words together, a minus leaves out.", "查找文库中含有全部词语的文档，不分繁简。引号内的词语作为整体，减号表示排除。", "尋找文庫中含有全部詞語的文件，不分繁簡。引號內的詞語作為整體，減號表示排除。";
    search_fault(reason): "Not all was searched: {reason}", "未能搜索全部：{reason}", "未能搜尋全部：{reason}";
    found_so_far(hits, documents): "Places so far: {hits}, documents: {documents}...", "目前 {documents} 份文档中 {hits} 处…", "目前 {documents} 份文件中 {hits} 處…";
    found_in_all(hits, documents): "Places: {hits}, documents: {documents}", "{documents} 份文档中 {hits} 处", "{documents} 份文件中 {hits} 處";
    more_in_document: "More in this document", "此文档中还有更多", "此文件中還有更多";

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
    page_here(label): "page {label}", "第 {label} 页", "第 {label} 頁";
    format_and_pages(format, pages): "{format}, pages: {pages}", "{format}，共 {pages} 页", "{format}，共 {pages} 頁";
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
    words_marked: "The words that you marked:", "当时标记的文字：", "當時標記的文字：";
    candidate(number): "Place {number}", "第 {number} 处", "第 {number} 處";
    // Finding notes again
    unsought: "Not looked for yet", "尚未查找", "尚未尋找";
    unsought_hint: "The document changed, and this note was not looked for in it yet. It is kept as it was.", "文档有改动，还没有在其中查找这条笔记。笔记保持原样。", "文件有更動，還沒有在其中尋找這則筆記。筆記保持原樣。";
    seeking_notes(count, percent): "Finding {count} notes... {percent} %", "正在查找 {count} 条笔记… {percent}%", "正在尋找 {count} 則筆記… {percent}%";
    notes_unsought(count): "Notes that were not looked for yet: {count}. They are kept as they were.", "有 {count} 条笔记尚未查找，均保持原样。", "有 {count} 則筆記尚未尋找，均保持原樣。";
    stop_seeking: "Stop finding the notes", "停止查找笔记", "停止尋找筆記";
    seek_notes: "Find the notes", "查找笔记的位置", "尋找筆記的位置";
    put_on_place(number): "Put the note on place {number}", "把笔记放到第 {number} 处", "把筆記放到第 {number} 處";
    put_on_first: "Put the note on the likeliest place", "把笔记放到最可能的一处", "把筆記放到最可能的一處";
    put_on_sixth: "Put the note on place 6", "把笔记放到第 6 处", "把筆記放到第 6 處";
    put_on_seventh: "Put the note on place 7", "把笔记放到第 7 处", "把筆記放到第 7 處";
    put_on_eighth: "Put the note on place 8", "把笔记放到第 8 处", "把筆記放到第 8 處";
    keep_as_lost: "Keep as lost", "留作找不到", "留作找不到";
    keep_as_lost_hint: "The note has no place in this text. It is kept, and looked for again when the text changes.", "这份文本里没有它的位置。笔记仍然保留，文本再有改动时会重新查找。", "這份文本裡沒有它的位置。筆記仍會保留，文本再有更動時會重新尋找。";
    next_doubtful: "Next note that moved, is unsure or lost", "下一条移位、不确定或找不到的笔记", "下一則移動、不確定或找不到的筆記";
    previous_doubtful: "Previous note that moved, is unsure or lost", "上一条移位、不确定或找不到的笔记", "上一則移動、不確定或找不到的筆記";
    step_through: "Step through", "逐条查看", "逐則查看";
    count_exact(count): "in place: {count}", "原位 {count} 条", "原位 {count} 則";
    words_struck(text): "no longer there: {text} ", "已删去：{text} ", "已刪去：{text} ";
    words_inserted(text): "new: {text} ", "新增：{text} ", "新增：{text} ";
    nothing_in_doubt: "Every note is in its place.", "所有笔记都在原来的文字上。", "所有筆記都在原來的文字上。";
    notes_not_sought(name, missing): "{name} may be damaged or cut off, so its notes were only looked for where they were. Not there: {missing}. Nothing was changed.", "“{name}”可能已损坏或不完整，笔记只在原位置查找，未找到 {missing} 条。没有改动任何笔记。", "「{name}」可能已損壞或不完整，筆記只在原位置尋找，未找到 {missing} 則。沒有更動任何筆記。";

    // Attaching notes again
    attach_notes: "Attach notes from elsewhere...", "附上别处的笔记…", "附上別處的筆記…";
    attach_page: "Attach notes", "附上笔记", "附上筆記";
    attach_looking: "Looking for notes that fit this document...", "正在查找与本文档相符的笔记…", "正在尋找與本文件相符的筆記…";
    attach_none: "No notes that are kept elsewhere fit this document. When a document was renamed, moved, edited or saved anew without its notes, they are found here by their words, whatever the script: in its folder, in your library, and in Duidu's own folder.", "别处没有与本文档相符的笔记。文档改名、移动、改动或另存之后，如果笔记没有跟来，可以在这里按引文找回（不分繁简）：会查找文档所在的文件夹、文库和程序的数据目录。", "別處沒有與本文件相符的筆記。文件改名、移動、更動或另存之後，如果筆記沒有跟來，可以在這裡依引文找回（不分繁簡）：會尋找文件所在的資料夾、文庫和程式的資料夾。";
    attach_hint: "Notes that are kept elsewhere and have their words in this document. Attaching copies them here; where they are kept nothing changes.", "以下笔记保存在别处，引文在本文档中。附上即复制到这里，原处不变。", "以下筆記儲存在別處，引文在本文件中。附上即複製到這裡，原處不變。";
    attach_fits(found, all): "{found} of {all} notes found", "{all} 条笔记中找到 {found} 条", "{all} 則筆記中找到 {found} 則";
    attach_same_text: "the same text", "文字相同", "文字相同";
    attach_gone: "its document is no longer there", "原文档已不在", "原文件已不在";
    attach_copy: "Attach", "附上", "附上";
    attach_copy_of(title): "Attach the notes of {title}", "附上“{title}”的笔记", "附上「{title}」的筆記";
    attach_copy_hint: "Copies the notes to this document, in one step that can be undone", "把笔记复制到本文档，可以一步撤销", "將筆記複製到本文件，可以一步復原";
    attach_share_of(title): "Share the notes of {title}", "共用“{title}”的笔记", "共用「{title}」的筆記";
    attach_share_hint: "Both files have the same text: from now on both use these notes", "两份文件文字相同：今后共用这些笔记", "兩份檔案文字相同：今後共用這些筆記";
    attach_show: "Show them", "查看", "查看";
    notes_fit(found, all, from, name): "{found} of {all} notes on {from}, which is no longer where it was, fit {name}. Attach them?", "“{from}”已不在原处，它的 {all} 条笔记中有 {found} 条与“{name}”相符。要附上吗？", "「{from}」已不在原處，它的 {all} 則筆記中有 {found} 則與「{name}」相符。要附上嗎？";
    notes_attached(count, undo): "Notes attached: {count}. {undo} takes it back.", "已附上 {count} 条笔记。按 {undo} 撤销。", "已附上 {count} 則筆記。按 {undo} 復原。";

    // Comments of the document itself
    comments: "Comments of the document...", "文档批注…", "文件註解…";
    comments_page: "Comments of the document", "文档批注", "文件註解";
    comments_none: "This document carries no comments.", "这份文档没有批注。", "這份文件沒有註解。";
    comments_hint: "What others noted in the file itself. Taken as notes, they can be tagged, searched and exported like your own; the file is not changed.", "这些是文件自带的批注。作为笔记收入后，可以像自己的笔记一样加标签、搜索和导出；文件本身不变。", "這些是檔案自帶的註解。收為筆記後，可以像自己的筆記一樣加標籤、搜尋和匯出；檔案本身不變。";
    comments_offered(count, name): "{name} carries {count} comments. Take them as notes?", "“{name}”带有 {count} 条批注。要作为笔记收入吗？", "「{name}」帶有 {count} 則註解。要收為筆記嗎？";
    comments_take: "Take as notes", "作为笔记收入", "收為筆記";
    comments_look: "Look", "查看", "查看";
    comments_not_now: "Not now", "暂不", "暫不";
    comments_take_all(count): "Take as notes: {count}", "作为笔记收入（{count} 条）", "收為筆記（{count} 則）";
    comments_more(count): "{count} more, which are taken with the others", "另有 {count} 条，全部收入时一并收入", "另有 {count} 則，全部收入時一併收入";
    comment_take: "Take this one", "收入这条", "收入這則";
    comment_taken: "a note of yours", "已收入笔记", "已收為筆記";
    comments_taken(count, undo): "Comments taken as notes: {count}. {undo} takes it back.", "已将 {count} 条批注收入笔记。按 {undo} 撤销。", "已將 {count} 則註解收為筆記。按 {undo} 復原。";

    // Footnotes
    footnote_mark(mark): "Footnote {mark}", "脚注 {mark}", "註腳 {mark}";
    footnote_back: "Back to the text", "回到正文", "回到正文";
    next_footnote: "Next footnote", "下一个脚注", "下一個註腳";
    previous_footnote: "Previous footnote", "上一个脚注", "上一個註腳";
    follow_footnote: "To the footnote and back, or follow the link", "前往脚注或返回正文，或打开链接", "前往註腳或返回正文，或開啟連結";

    // Links of a document
    next_hyperlink: "Next link in the text", "正文中的下一个链接", "正文中的下一個連結";
    previous_hyperlink: "Previous link in the text", "正文中的上一个链接", "正文中的上一個連結";
    link_named(words): "Link: {words}", "链接：{words}", "連結：{words}";
    follow_link: "Follow the link", "打开链接", "開啟連結";
    copy_address: "Copy the address", "复制网址", "複製網址";
    link_leads_to(words): "In this document: “{words}”", "本文档内：“{words}”", "本文件內：「{words}」";
    link_hint(key): "{key}+click, or Ctrl+Enter at the cursor, follows the link", "按住 {key} 点击，或在光标处按 Ctrl+Enter，打开链接", "按住 {key} 點擊，或在游標處按 Ctrl+Enter，開啟連結";
    host_is_named(name): "The name of the site in its own letters: {name}", "网站名称的原文：{name}", "網站名稱的原文：{name}";
    address_contradicted(said, opens): "The words of the link say {said}, but it opens {opens}.", "链接文字写的是 {said}，实际打开的却是 {opens}。", "連結文字寫的是 {said}，實際開啟的卻是 {opens}。";

    // The codebook
    codebook: "Codebook", "标签册", "標籤冊";
    codebook_empty(keys): "No tags yet. Select words, press {keys} and add a tag to the note, or write one above. A tag may be nested (topic/part). Here you say what each stands for, give it a colour and a key, rename, move and merge it in all documents, and share the list.", "还没有标签。选中文字后按 {keys}，给笔记添加标签，或在上方新建。标签可以分层（主题/分类）。在这里可以说明标签的含义，指定颜色和按键，在全部文档中改名、移动、合并，并分享整份列表。", "還沒有標籤。選取文字後按 {keys}，為筆記新增標籤，或在上方新增。標籤可以分層（主題/分類）。在這裡可以說明標籤的含義，指定顏色和按鍵，在全部文件中改名、移動、合併，並分享整份清單。";
    choose_a_tag: "Choose a tag to describe or change it. Drag one onto another to nest it there.", "选择一个标签来说明或更改。把标签拖到另一个上，可以归入其下。", "選擇一個標籤來說明或更改。將標籤拖到另一個上，可以歸入其下。";
    filter_tags: "Filter the tags", "筛选标签", "篩選標籤";
    tags_filtered_away: "No tag fits the filter.", "没有符合条件的标签。", "沒有符合條件的標籤。";
    new_tag: "New tag", "新建标签", "新增標籤";
    share_tags: "Share the list...", "分享列表…", "分享清單…";
    fetch_tags: "Import a list...", "导入列表…", "匯入清單…";
    counting_tags(done, all): "Counting in all documents: {done} of {all}", "正在统计全部文档：{done} / {all}", "正在統計全部文件：{done} / {all}";
    tag_row(tag): "Tag {tag}", "标签 {tag}", "標籤 {tag}";
    tag_use(notes, documents): "notes: {notes}, documents: {documents}", "笔记 {notes}，文档 {documents}", "筆記 {notes}，文件 {documents}";
    tag_use_here(notes): ", here: {notes}", "，此处 {notes}", "，此處 {notes}";
    tag_name: "Name of the tag", "标签名称", "標籤名稱";
    rename_tag: "Rename", "改名", "改名";
    tag_description: "What it stands for", "含义", "含義";
    tag_description_hint: "When to use it, when not...", "何时使用，何时不用…", "何時使用，何時不用…";
    tag_colour: "Colour of highlights made with it", "用它标记时的颜色", "用它標示時的顏色";
    no_colour: "No colour", "无颜色", "無顏色";
    tag_key: "Key that gives it", "按键", "按鍵";
    no_key: "No key", "无按键", "無按鍵";
    show_notes_of_tag: "Show these notes", "查看这些笔记", "查看這些筆記";
    documents_of_tag: "In which documents", "所在文档", "所在文件";
    move_tag_to: "Move or merge with", "移到或并入", "移到或併入";
    nest_in(tag): "Nest in #{tag}", "归入 #{tag} 之下", "歸入 #{tag} 之下";
    make_one(tag): "Make one: #{tag}", "合并为 #{tag}", "合併為 #{tag}";
    not_nested: "Not nested", "移到最上层", "移到最上層";
    dragging_hint: "Drag a tag onto another to nest it.", "把标签拖到另一个标签上，即可放入其中。", "把標籤拖到另一個標籤上，即可放入其中。";
    drop_not_nested: "Drop here: not nested", "放到这里：最上层", "放到這裡：最上層";
    delete_tag: "Delete tag", "删除标签", "刪除標籤";
    delete_tag_nested: "Delete with nested tags", "连同下层一起删除", "連同下層一起刪除";
    delete_tag_alone: "Delete only this tag", "只删除这个标签", "只刪除這個標籤";
    delete_tag_now: "Delete", "删除", "刪除";
    change_tag: "Change everywhere", "全部更改", "全部更改";
    ask_move_tag(from, to): "#{from} becomes #{to}", "#{from} 改为 #{to}", "#{from} 改為 #{to}";
    ask_delete_tag(tag): "Take #{tag}, with the tags nested in it, off every note?", "从所有笔记上移除 #{tag} 及其下层标签？", "從所有筆記上移除 #{tag} 及其下層標籤？";
    ask_delete_tag_alone(tag): "Take #{tag} off every note? Tags nested in it stay.", "从所有笔记上移除 #{tag}？下层标签保留。", "從所有筆記上移除 #{tag}？下層標籤保留。";
    tag_reach(notes, documents): "Notes that change: {notes}, in {documents} of your documents. It can be undone in one step.", "将更改 {notes} 条笔记，涉及 {documents} 份文档。可以一步撤销。", "將更改 {notes} 則筆記，涉及 {documents} 份文件。可以一步復原。";
    tag_reach_none: "No note changes. It can be undone.", "没有笔记受影响。可以撤销。", "沒有筆記受影響。可以復原。";
    tag_merges: "A tag of that name is there already: the two become one.", "已有同名标签：两者将合为一个。", "已有同名標籤：兩者將合為一個。";
    same_tags(count): "The same words in another script or width: {count}", "繁简或全半角不同的同一标签：{count}", "繁簡或全半形不同的同一標籤：{count}";
    same_two_tags(left, right): "#{left} and #{right}", "#{left} 与 #{right}", "#{left} 與 #{right}";
    tag_known_as(tag): "It is in use as #{tag}. Is it the same?", "已有 #{tag}。是同一个标签吗？", "已有 #{tag}。是同一個標籤嗎？";
    use_known_tag(tag): "The same: #{tag}", "同一个：#{tag}", "同一個：#{tag}";
    use_written_tag(tag): "Another: #{tag}", "另一个：#{tag}", "另一個：#{tag}";
    incoming_tags(name): "What would come from {name}", "{name} 将带来的内容", "{name} 將帶來的內容";
    incoming_as_written: "Keep tags apart that are known in another script", "与已有标签仅繁简不同的，也另立标签", "與已有標籤僅繁簡不同的，也另立標籤";
    incoming_new: "new", "新标签", "新標籤";
    incoming_completes: "says more than yours", "补充你的说明", "補充你的說明";
    incoming_both: "describes it otherwise: both descriptions are kept", "说明不同：两者都保留", "說明不同：兩者都保留";
    incoming_known: "nothing new", "没有新内容", "沒有新內容";
    take_in: "Take in", "导入", "匯入";
    codebook_read_only(reason): "The codebook cannot be changed: {reason}", "标签册不能改动：{reason}", "標籤冊無法更動：{reason}";
    codebook_not_saved(reason): "The codebook is not saved, and Duidu keeps trying: {reason}", "标签册未保存，正在重试：{reason}", "標籤冊未儲存，正在重試：{reason}";
    codebook_saved_after_all: "The codebook is saved after all", "标签册已保存", "標籤冊已儲存";
    codebook_still_counting: "The notes of all documents are still being read. Try again in a moment.", "仍在读取全部文档的笔记，请稍后再试。", "仍在讀取全部文件的筆記，請稍後再試。";
    codebook_shared(count, path): "List of tags written to {path}. Tags: {count}", "已将标签列表写入 {path}，共 {count} 个", "已將標籤清單寫入 {path}，共 {count} 個";
    codebook_not_fetched(path, reason): "The list of tags could not be read from {path}: {reason}", "无法从 {path} 读取标签列表：{reason}", "無法從 {path} 讀取標籤清單：{reason}";
    codebook_taken_in(new, completed): "List taken in. New tags: {new}, completed: {completed}", "已导入标签列表：新增 {new} 个，补充 {completed} 个", "已匯入標籤清單：新增 {new} 個，補充 {completed} 個";

    // The state of saving
    saved: "All notes saved", "笔记已全部保存", "筆記已全部儲存";
    saving: "Saving...", "正在保存…", "正在儲存…";
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
    repairs_count(count): "Newspaper marks repaired: {count}", "已修复报纸断续处 {count} 处", "已修復報紙斷續處 {count} 處";
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
    warns_damaged(reason): "The file is damaged, and some of it may be missing: {reason}", "文件已损坏，可能缺少部分内容：{reason}", "檔案已損毀，可能缺少部分內容：{reason}";
    warns_left_out(limit): "A part was left out, because it asks for more than is allowed: {limit}", "有一部分超出允许的限度，没有读取：{limit}", "有一部分超出允許的限度，沒有讀取：{limit}";
    warns_not_read(what, places): "Not read: {what}, in {places} places.", "未读取：{what}，共 {places} 处。", "未讀取：{what}，共 {places} 處。";
    unread_characters: "characters whose meaning the file does not say", "文件没有说明含义的字符", "檔案沒有說明含義的字元";
    unread_objects: "embedded objects such as formulas, charts and diagrams", "公式、图表、示意图等内嵌对象", "公式、圖表、示意圖等內嵌物件";
    unread_documents: "documents within the document", "内嵌的文档", "內嵌的文件";
    unread_fields: "fields of forms", "表单域", "表單欄位";
    unread_links: "links with addresses that are never opened (only http, https and mailto are)", "不会打开的链接（只打开 http、https、mailto 网址）", "不會開啟的連結（只開啟 http、https、mailto 網址）";
    unread_relative_links: "links to other files of a site whose address the file does not say", "指向同一网站其他文件的链接（文件未注明网站地址）", "指向同一網站其他檔案的連結（檔案未註明網站位址）";
    unread_more_links: "links beyond as many as are offered", "超出数量上限的链接", "超出數量上限的連結";
    warns_tracked_changes(changes): "Tracked changes shown as accepted: {changes}.", "有 {changes} 处修订，按已接受显示。", "有 {changes} 處追蹤修訂，以已接受顯示。";
    warns_comments(comments): "Comments that the file carries: {comments}.", "文件带有 {comments} 条批注。", "檔案帶有 {comments} 則註解。";
    warns_pages_without_text(pages, of): "{pages} of {of} pages hold no text that can be read, such as scanned ones.", "{of} 页中有 {pages} 页没有可读取的文字，例如扫描页。", "{of} 頁中有 {pages} 頁沒有可讀取的文字，例如掃描頁。";
    warns_pages_unread(read, of): "Reading was stopped after {read} of {of} pages.", "读到第 {read} 页（共 {of} 页）时停止。", "讀到第 {read} 頁（共 {of} 頁）時停止。";

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

    // Importing
    import_notes: "Import notes...", "导入笔记…", "匯入筆記…";
    import_page: "Import notes", "导入笔记", "匯入筆記";
    import_hint: "Import the notes of another program: W3C Web Annotations (JSON-LD), Hypothesis (JSON), REFI-QDA (.qdpx, .qdc), or Duidu's own tables (CSV) and RON. You see what would come before it comes.", "可以导入其他程序的笔记：W3C 网页注释（JSON-LD）、Hypothesis（JSON）、REFI-QDA（.qdpx、.qdc），以及本程序导出的表格（CSV）和 RON。导入前会先列出内容。", "可以匯入其他程式的筆記：W3C 網頁註解（JSON-LD）、Hypothesis（JSON）、REFI-QDA（.qdpx、.qdc），以及本程式匯出的表格（CSV）和 RON。匯入前會先列出內容。";
    import_choose: "Choose a file...", "选择文件…", "選擇檔案…";
    import_files: "Notes and codes", "笔记和编码", "筆記和編碼";
    import_reading(name): "Reading {name}...", "正在读取 {name}…", "正在讀取 {name}…";
    import_file(name, format, count): "{name}: {format}, notes: {count}", "{name}：{format}，{count} 条笔记", "{name}：{format}，{count} 則筆記";
    import_find: "Find a document", "查找文档", "尋找文件";
    import_target: "Goes into", "导入到", "匯入到";
    import_leave_out: "Leave out", "不导入", "不匯入";
    import_no_title: "(without a title)", "（无标题）", "（無標題）";
    import_not_known(count): "It is not known which document this is. Notes: {count}", "不知道是哪份文档。笔记 {count} 条", "不知道是哪份文件。筆記 {count} 則";
    import_by_choice: "You have chosen this document.", "由你选定。", "由你選定。";
    import_by_text: "This document has the same text.", "文字完全相同。", "文字完全相同。";
    import_by_title: "This document has the same title, and most of the notes have their words in it.", "标题相同，且大部分引文都在其中。", "標題相同，且大部分引文都在其中。";
    import_by_notes(found, all): "Guessed by the words of the notes: {found} of {all} are in this document.", "按引文推测：{all} 条中有 {found} 条在这份文档里。", "依引文推測：{all} 則中有 {found} 則在這份文件裡。";
    import_new(count): "new: {count}", "新增 {count} 条", "新增 {count} 則";
    import_new_with(new, states): "{new} (of these {states})", "{new}（其中{states}）", "{new}（其中{states}）";
    import_changes(count): "changed: {count}", "更新 {count} 条", "更新 {count} 則";
    import_known(count): "there already: {count}", "已有 {count} 条", "已有 {count} 則";
    import_without_place(count): "Without a sure place: {count}", "位置不确定：{count} 条", "位置不確定：{count} 則";
    import_kept: "They come with their quotations, as unsure or lost notes, and can be put in their places by hand.", "这些笔记会连同引文一起导入，列为不确定或找不到原文，之后可以手动定位。", "這些筆記會連同引文一起匯入，列為不確定或找不到位置，之後可以手動定位。";
    import_codes(count): "Tags of the codebook that are new or say more: {count}", "新增或有补充的标签说明：{count} 条", "新增或有補充的標籤說明：{count} 則";
    import_tags: "Tags that you have in another script", "另有繁简写法的标签", "另有繁簡寫法的標籤";
    import_as_ours(theirs, ours): "#{theirs} comes as #{ours}", "#{theirs} 作为 #{ours} 导入", "#{theirs} 作為 #{ours} 匯入";
    import_left_out(what, count): "Left out: {what} ({count})", "未导入：{what}（{count}）", "未匯入：{what}（{count}）";
    left_out_notes: "notes that cannot be understood", "无法识别的笔记", "無法辨識的筆記";
    left_out_codes: "codes that cannot be understood", "无法识别的编码", "無法辨識的編碼";
    left_out_sets: "sets", "集合", "集合";
    left_out_cases: "cases and variables", "个案和变量", "個案和變數";
    left_out_media: "pictures, sounds and films", "图片、音频和视频", "圖片、音訊和影片";
    left_out_texts: "documents without a text", "没有文字的文档", "沒有文字的文件";
    left_out_links: "links to what is not in the file", "指向文件之外的链接", "指向檔案之外的連結";
    left_out_tags: "tags that cannot be understood", "无法识别的标签", "無法辨識的標籤";
    left_out_places: "places of notes that cannot be understood", "无法识别的笔记位置", "無法辨識的筆記位置";
    left_out_characters: "characters that cannot be told", "无法识别的字符", "無法辨識的字元";
    left_out_deleted: "deleted notes", "已删除的笔记", "已刪除的筆記";
    import_out(count): "Notes that stay out, as their document is not known: {count}", "有 {count} 条笔记因文档不明而不导入。", "有 {count} 則筆記因文件不明而不匯入。";
    import_choose_first: "Choose the documents that the notes go into; they must be open or in the library.", "请先选择要导入到的文档（须已打开或已在书库中）。", "請先選擇要匯入到的文件（須已開啟或已在書庫中）。";
    import_nothing: "Everything in this file is there already.", "文件中的内容都已存在。", "檔案中的內容都已存在。";
    import_go: "Import", "导入", "匯入";
    imported(counts, undo): "Imported: {counts}. {undo} takes it back.", "已导入：{counts}。按 {undo} 撤销。", "已匯入：{counts}。按 {undo} 復原。";
    imported_codes(count): "tags of the codebook: {count}", "标签说明 {count} 条", "標籤說明 {count} 則";
    not_imported(path, reason): "{path} could not be imported: {reason}", "无法导入 {path}：{reason}", "無法匯入 {path}：{reason}";
    // Exports of notes
    export_page: "Export", "导出", "匯出";
    export_open_documents: "All open documents", "所有打开的文档", "所有開啟的文件";
    export_chosen(count): "The chosen notes ({count})", "选中的笔记（{count} 条）", "選取的筆記（{count} 則）";
    export_grouping: "Groups", "分组", "分組";
    export_docx_quotations: "Quotations (DOCX)", "引文（DOCX）", "引文（DOCX）";
    export_docx_comments: "Text with comments (DOCX)", "正文加批注（DOCX）", "內文加註解（DOCX）";
    export_text: "Plain text", "纯文本", "純文字";
    export_ron: "For Duidu (RON)", "供对读程序使用（RON）", "供對讀程式使用（RON）";
    export_qdpx: "Research project (QDPX)", "质性研究项目（QDPX）", "質性研究專案（QDPX）";
    export_jsonld: "Web annotations (JSON-LD)", "网页注释（JSON-LD）", "網頁註解（JSON-LD）";
    export_qdc: "REFI-QDA codebook", "REFI-QDA 编码表", "REFI-QDA 編碼表";
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
    export_copy_is_no_text: "A file of this format is no text that could be copied: it can only be exported.", "这种格式的文件不是文本，不能复制，只能导出。", "這種格式的檔案不是文字，不能複製，只能匯出。";
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
    notes_merged(name, added, changed, removed): "Notes on {name} were changed elsewhere and are joined with yours: {added} added, {changed} changed, {removed} removed.", "“{name}”的笔记在别处有改动，已与此处合并：新增 {added} 条，修改 {changed} 条，删除 {removed} 条。", "「{name}」的筆記在別處有更動，已與此處合併：新增 {added} 條，修改 {changed} 條，刪除 {removed} 條。";
    changed_on_disk(name): "{name} has changed on disk. Read it again to see the new text.", "“{name}”在磁盘上有改动。重新读取即可看到新内容。", "「{name}」在磁碟上有更動。重新讀取即可看到新內容。";
    no_dialog(reason): "No file dialog: {reason}", "无法显示文件对话框：{reason}", "無法顯示檔案對話方塊：{reason}";
    nothing_selected: "Select some words first.", "请先选中文字。", "請先選取文字。";
    not_all_read: "Not all of the document was read yet. Notes can be made as soon as it was.", "文档尚未全部读取，读完后即可做笔记。", "文件尚未全部讀取，讀完後即可做筆記。";
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

    far_notes(count): "Linked to this document: {count}", "连接到本文的笔记：{count}", "連結到本文的筆記：{count}";
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

    // Links, bookmarks, the trash
    edit_note_text: "Write on this note", "编辑笔记", "編輯筆記";
    note_text_hint: "Markdown. [[ links to another note, Escape ends the writing.", "支持 Markdown。输入 [[ 可引用其他笔记，按 Esc 结束编辑。", "支援 Markdown。輸入 [[ 可引用其他筆記，按 Esc 結束編輯。";
    not_writing(key): "Letters are commands now. {key} or a click writes on.", "现在字母键是命令。按 {key} 或单击可继续书写。", "現在字母鍵是命令。按 {key} 或點一下可繼續書寫。";
    note_missing: "no such note", "笔记不存在", "筆記不存在";
    note_missing_hint: "The note was deleted.", "这条笔记已被删除。", "這則筆記已被刪除。";
    note_elsewhere_hint: "A note of a document that is not open: click to look for it", "这条笔记所在的文档没有打开：点击查找", "這則筆記所在的文件沒有開啟：點擊尋找";
    no_note_to_link: "No note has these words.", "没有含这些字的笔记。", "沒有含這些字的筆記。";
    link_to(note): "Link to {note}", "引用 {note}", "引用 {note}";
    linked_from: "Linked from", "被以下笔记引用", "被以下筆記引用";
    open_address_asks: "This link leads out of Duidu:", "这个链接会打开外部网址：", "這個連結會開啟外部網址：";
    open_address: "Open it", "打开", "開啟";
    begin_link: "Link: begin here", "连接：从这里开始", "連結：從這裡開始";
    end_link: "Link: end here", "连接：到这里为止", "連結：到這裡為止";
    cancel_link: "Give the link up", "放弃连接", "放棄連結";
    other_end: "Go to the other end of the link", "转到连接的另一端", "前往連結的另一端";
    link_waits(quote, keys): "Link from “{quote}”: select the other passage, in any document, and press {keys}", "从“{quote}”连接：在任一文档中选中另一处文字，按 {keys}", "從「{quote}」連結：在任一文件中選取另一處文字，按 {keys}";
    remove_link_end(end): "Remove this end of the link: {end}", "取消与此处的连接：{end}", "取消與此處的連結：{end}";
    no_link_begun(keys): "Begin a link first: select some words and press {keys}.", "请先开始一个连接：选中文字，按 {keys}。", "請先開始一個連結：選取文字，按 {keys}。";
    link_to_itself: "A link cannot end where it begins.", "连接的两端不能是同一处。", "連結的兩端不能是同一處。";
    no_link_here: "This note joins no passages.", "这条笔记没有连接到别处。", "這則筆記沒有連結到別處。";
    passage_lost: "The passage is no longer in this document.", "这份文档里已没有这段文字。", "這份文件裡已沒有這段文字。";
    note_not_found: "There is no such note any more.", "这条笔记已经不存在。", "這則筆記已經不存在。";
    bookmarks(count): "Bookmarks: {count}", "书签：{count}", "書籤：{count}";
    bookmark_named(name): "Bookmark: {name}", "书签：{name}", "書籤：{name}";
    bookmark_hint: "Write on it to name it", "写上文字即为书签命名", "寫上文字即為書籤命名";
    next_bookmark: "Next bookmark", "下一个书签", "下一個書籤";
    previous_bookmark: "Previous bookmark", "上一个书签", "上一個書籤";
    only_bookmarks: "Only bookmarks", "只看书签", "只看書籤";
    no_bookmarks(keys): "No bookmarks yet. Press {keys} to mark the place in sight.", "还没有书签。按 {keys} 标记当前位置。", "還沒有書籤。按 {keys} 標記目前位置。";
    trash: "Deleted notes", "已删除的笔记", "已刪除的筆記";
    trash_empty(key): "Nothing here. A note that is deleted ({key}) stays here until the trash is emptied.", "这里是空的。删除的笔记（{key}）会留在这里，直到清空为止。", "這裡是空的。刪除的筆記（{key}）會留在這裡，直到清空為止。";
    trash_elsewhere: "In other documents", "其他文档", "其他文件";
    trash_of(title, count): "{title}: {count}", "{title}：{count}", "{title}：{count}";
    trash_count(count): "Deleted notes: {count}", "已删除的笔记：{count}", "已刪除的筆記：{count}";
    not_read_again(name, reason): "{name} could not be read again: {reason}. What is shown is what was read before; its notes are kept.", "无法重新读取“{name}”：{reason}。显示的仍是之前读到的内容，笔记照常保存。", "無法重新讀取「{name}」：{reason}。顯示的仍是先前讀到的內容，筆記照常儲存。";
    taken_back(notes, documents, redo): "Taken back: changes of notes ({notes}) in {documents}. {redo} makes them again.", "已撤销：{documents} 中 {notes} 条笔记的改动。按 {redo} 重做。", "已復原：{documents} 中 {notes} 則筆記的更動。按 {redo} 重做。";
    done_again(notes, documents, undo): "Done again: changes of notes ({notes}) in {documents}. {undo} takes them back.", "已重做：{documents} 中 {notes} 条笔记的改动。按 {undo} 撤销。", "已重做：{documents} 中 {notes} 則筆記的更動。按 {undo} 復原。";
    note_deleted: "The note is in the trash.", "笔记已移入回收站。", "筆記已移入垃圾桶。";
    restore: "Restore", "恢复", "還原";
    restore_named(quote): "Restore: {quote}", "恢复：{quote}", "還原：{quote}";
    restore_all: "Restore all", "全部恢复", "全部還原";
    empty_trash: "Empty...", "清空…", "清空…";
    empty_trash_asks(count): "Delete {count} for good?", "要永久删除这 {count} 条笔记吗？", "要永久刪除這 {count} 則筆記嗎？";
    empty_trash_now: "Delete for good", "永久删除", "永久刪除";
    deleted_at(moment): "Deleted {moment}", "删除于 {moment}", "刪除於 {moment}";

    // Citing
    bibliography: "References", "引用信息", "引用資訊";
    bibliography_hint: "What the document says of itself stands in grey, as a guess. What you write takes its place, and is kept with your notes.", "灰色文字是程序从文档推测的内容；填写后以你写的为准，并与笔记一起保存。", "灰色文字是程式從文件推測的內容；填寫後以你寫的為準，並與筆記一起儲存。";
    said_taken_back(name): "References of {name}: what you wrote last was taken back.", "已撤销对“{name}”引用信息的最近改动。", "已復原對「{name}」引用資訊的最近更動。";
    said_again(name): "References of {name}: what was taken back is there again.", "已重做对“{name}”引用信息的改动。", "已重做對「{name}」引用資訊的更動。";
    guessed(value): "{value} (a guess)", "{value}（推测）", "{value}（推測）";
    leave_to_document(field): "{field}: what the document says again", "{field}：恢复为文档里的内容", "{field}：還原為文件裡的內容";
    say_none(field): "{field}: there is none", "{field}：没有这一项", "{field}：沒有這一項";
    said_none: "none", "无", "無";
    work_kind: "Kind of work", "文献类型", "文獻類型";
    work_kind_guessed: "A guess", "自动推测", "自動推測";
    work_web_page: "Web page", "网页", "網頁";
    work_law: "Law or regulation", "法律法规", "法律法規";
    work_report: "Report or official document", "报告、公文", "報告、公文";
    work_book: "Book", "图书", "圖書";
    work_chapter: "Chapter", "图书中的一章", "圖書中的一章";
    work_journal: "Journal article", "期刊文章", "期刊文章";
    work_newspaper: "Newspaper article", "报纸文章", "報紙文章";
    work_thesis: "Thesis", "学位论文", "學位論文";
    work_conference: "Conference paper", "会议论文", "會議論文";
    work_manuscript: "Unpublished manuscript", "手稿、未刊稿", "手稿、未刊稿";
    authors: "Authors", "作者、发布机构", "作者、發布機構";
    authors_hint: "Separated by ; or 、 Names in other scripts: family name, comma, given name", "用“；”或“、”分隔；西文姓名写作“姓, 名”", "用「；」或「、」分隔；西文姓名寫作「姓, 名」";
    container: "Published in", "载于", "載於";
    container_hint: "The book, journal, newspaper or site", "书名、期刊名、报纸名或网站名", "書名、期刊名、報紙名或網站名";
    publisher: "Publisher", "出版者", "出版者";
    publisher_place: "Place", "出版地", "出版地";
    date_hint: "1984, 1984-03, 1984-03-05 or 1984年3月5日", "1984、1984-03、1984-03-05 或 1984年3月5日", "1984、1984-03、1984-03-05 或 1984年3月5日";
    document_number: "Number", "文号、期号", "文號、期號";
    document_number_hint: "The number of the document, of the report or of the issue", "公文的文号、报告编号或期号", "公文的文號、報告編號或期號";
    volume: "Volume", "卷", "卷";
    pages: "Pages", "页码", "頁碼";
    accessed: "Looked up on", "访问日期", "造訪日期";
    language_of_document: "Language", "语言", "語言";
    language_hint: "zh-Hans, zh-Hant, en", "zh-Hans、zh-Hant、en", "zh-Hans、zh-Hant、en";
    no_date(forms): "This is no date, and stays out of the reference: {forms}", "这不是日期，不会写进参考文献。写法：{forms}", "這不是日期，不會寫進參考文獻。寫法：{forms}";
    no_address: "This is no address, and stays out of the reference: it begins with https:// or http://", "这不是网址，不会写进参考文献。网址以 https:// 或 http:// 开头", "這不是網址，不會寫進參考文獻。網址以 https:// 或 http:// 開頭";
    no_language(tags): "This is no language, and stays out of the reference: {tags}", "这不是语言代码，不会写进参考文献。写法：{tags}", "這不是語言代碼，不會寫進參考文獻。寫法：{tags}";
    citation_style: "Style", "引用格式", "引用格式";
    style_gb_numeric: "GB/T 7714, numbered", "GB/T 7714（顺序编码制）", "GB/T 7714（順序編碼制）";
    style_gb_author_date: "GB/T 7714, author and date", "GB/T 7714（著者—出版年制）", "GB/T 7714（著者—出版年制）";
    style_gb_note: "GB/T 7714, notes", "GB/T 7714（注释）", "GB/T 7714（註釋）";
    style_chicago_notes: "Chicago, notes", "芝加哥（注释）", "芝加哥（註釋）";
    style_chicago_author_date: "Chicago, author and date", "芝加哥（著者—出版年）", "芝加哥（著者—出版年）";
    style_mhra: "MHRA, notes", "MHRA（注释）", "MHRA（註釋）";
    citing: "Working out the reference...", "正在生成引用…", "正在產生引用…";
    date_not_understood: "No year can be told from the date: the reference leaves it out.", "无法从日期中识别年份，引文中未写出日期。", "無法從日期中辨識年份，引文中未寫出日期。";
    in_text_citation(citation): "In the text: {citation}", "文中：{citation}", "文中：{citation}";
    copy_reference: "Copy the reference", "复制参考文献", "複製參考文獻";
    copy_with_place: "Copy with its place", "复制引文和出处", "複製引文和出處";
    copy_with_reference: "Copy with a reference", "复制引文和参考文献", "複製引文和參考文獻";
    citation_copied: "Copied", "已复制", "已複製";
    not_cited(reason): "The reference could not be worked out: {reason}", "无法生成引用：{reason}", "無法產生引用：{reason}";

    // Keys
    group_documents: "Documents", "文档", "文件";
    group_script: "Script", "繁简", "繁簡";
    group_notes: "Notes", "笔记", "筆記";
    group_find: "Finding", "查找", "尋找";
    group_place: "Places", "位置", "位置";
    group_program: "The window", "窗口", "視窗";
    keys_reading: "In the text: arrows move the cursor, with Ctrl by words; with Shift they select. Shift+Home and Shift+End select to the beginning and the end of the line, with Ctrl of the document. Page Up, Page Down, Home and End scroll.", "在正文中：方向键移动光标，加 Ctrl 按词移动；加 Shift 选择文字。Shift+Home、Shift+End 选到行首、行尾，再加 Ctrl 选到文档的开头、末尾。Page Up、Page Down、Home、End 翻动。", "在正文中：方向鍵移動游標，加 Ctrl 依詞移動；加 Shift 選取文字。Shift+Home、Shift+End 選到行首、行尾，再加 Ctrl 選到文件的開頭、末尾。Page Up、Page Down、Home、End 捲動。";

    // The notes of all documents
    all_notes: "All notes", "所有笔记", "所有筆記";
    all_notes_hint: "Words in either script, “phrases”", "繁简均可的字词、“短语”", "繁簡皆可的字詞、「短語」";
    filter_all_notes: "Filter the notes of all documents", "筛选所有文档的笔记", "篩選所有文件的筆記";
    notes_of_colour(colour): "In {colour}", "{colour}的", "{colour}的";
    clear_filter: "Clear the filter", "清除筛选条件", "清除篩選條件";
    phrase_hint: "All of the words have to be there; what stands in quotation marks has to stand together.", "各个词都要出现；引号里的文字要连在一起。", "各個詞都要出現；引號裡的文字要連在一起。";
    all_notes_empty: "Here are the notes of every document that you have opened or added to the library. There are none yet: open a document, select words and highlight them.", "这里汇集您打开过或加入文库的所有文档的笔记。现在还没有：打开一份文档，选中文字并标记即可。", "這裡匯集您開啟過或加入文庫的所有文件的筆記。現在還沒有：開啟一份文件，選取文字並標記即可。";
    all_notes_gathering: "Reading the notes of all documents...", "正在读取所有文档的笔记…", "正在讀取所有文件的筆記…";
    all_notes_filtered_away: "No note of any document fits the filter.", "所有文档里都没有符合条件的笔记。", "所有文件裡都沒有符合條件的筆記。";
    gathering(done, all): "Documents: {done} of {all}", "已读 {done} / {all} 份文档", "已讀 {done} / {all} 份文件";
    gathering_stopped(done, all): "Stopped after {done} of {all} documents", "已停止：读了 {done} / {all} 份文档", "已停止：讀了 {done} / {all} 份文件";
    gather_again: "Look again", "重新读取", "重新讀取";
    gathering_faults(count): "Not read as they should be: {count}", "未能正常读取：{count} 处", "未能正常讀取：{count} 處";
    notes_of_documents(notes, documents): "Notes: {notes}, in documents: {documents}", "{documents} 份文档，{notes} 条笔记", "{documents} 份文件，{notes} 則筆記";
    notes_listed(listed, all): "Notes: {listed} of {all}", "{all} 条笔记中的 {listed} 条", "{all} 則筆記中的 {listed} 則";
    grouping: "Grouping", "分组", "分組";
    grouped_by(what): "Grouped: {what}", "分组：{what}", "分組：{what}";
    notes_by_document: "by document", "按文档", "依文件";
    by_tag_of_notes: "by tag", "按标签", "依標籤";
    by_colour: "by colour", "按颜色", "依顏色";
    by_day: "by day", "按日期", "依日期";
    sorting: "Order", "顺序", "順序";
    sorted_by_place: "In the order of the text", "按原文顺序", "依原文順序";
    sorted_newest: "Newest first", "最新的在前", "最新的在前";
    sorted_oldest: "Oldest first", "最早的在前", "最早的在前";
    sorted_changed: "Last changed first", "最近改动的在前", "最近更動的在前";
    fold_groups: "Fold all", "全部折叠", "全部摺疊";
    unfold_groups: "Unfold all", "全部展开", "全部展開";
    tags_menu: "Tags", "标签", "標籤";
    find_tag: "Find a tag", "查找标签", "尋找標籤";
    no_tags: "No tags", "没有标签", "沒有標籤";
    without_any_tag: "Without a tag", "没有标签的", "沒有標籤的";
    tag_needed_short: "with", "含", "含";
    tag_either_short: "or", "或", "或";
    tag_unwanted_short: "without", "不含", "不含";
    tag_needed(tag): "With #{tag}", "有 #{tag}", "有 #{tag}";
    tag_either(tag): "With #{tag} or another", "有 #{tag} 或其他所选", "有 #{tag} 或其他所選";
    tag_unwanted(tag): "Without #{tag}", "没有 #{tag}", "沒有 #{tag}";
    states_menu: "Place", "位置状态", "位置狀態";
    filter_by_state: "By state of the place", "按位置状态", "依位置狀態";
    in_place: "In its place", "在原处", "在原處";
    not_looked_at: "Not looked at since", "此后未核对", "此後未核對";
    kinds_menu: "Kind", "种类", "種類";
    filter_by_kind: "By kind", "按种类", "依種類";
    kind_highlight: "Highlight", "标记", "標記";
    kind_with_text: "With a text", "写有文字", "寫有文字";
    kind_linked: "Linked", "连接两处", "連結兩處";
    days_menu: "Dates", "日期", "日期";
    filter_by_day: "By date", "按日期筛选", "依日期篩選";
    made: "Made", "创建", "建立";
    changed: "Changed", "改动", "更動";
    made_from: "Made from", "创建自", "建立自";
    made_to: "Made to", "创建至", "建立至";
    changed_from: "Changed from", "改动自", "更動自";
    changed_to: "Changed to", "改动至", "更動至";
    made_within(days): "Made {days}", "创建于 {days}", "建立於 {days}";
    changed_within(days): "Changed {days}", "改动于 {days}", "更動於 {days}";
    day_hint: "Year-month-day; both days count.", "年-月-日，首尾两天都算在内。", "年-月-日，首尾兩天都算在內。";
    today: "Today", "今天", "今天";
    last_week: "7 days", "近 7 天", "近 7 天";
    last_month: "30 days", "近 30 天", "近 30 天";
    remove_condition(name): "Remove the condition: {name}", "去掉条件：{name}", "移除條件：{name}";
    saved_queries: "Saved filters", "已存筛选", "已存篩選";
    no_saved_queries: "Set a filter, then keep it here under a name.", "先设好筛选条件，再在这里命名保存。", "先設好篩選條件，再在這裡命名儲存。";
    query_name: "Name of the filter", "筛选名称", "篩選名稱";
    query_name_hint: "name", "名称", "名稱";
    save_query: "Save this filter", "保存此筛选", "儲存此篩選";
    forget_query(name): "Forget the filter {name}", "删除筛选 {name}", "刪除篩選 {name}";
    choosing_hint: "Click a note to go there. Choose with the boxes, Ctrl or Shift and a click, or the space bar; then tag, recolour, export or delete all that are chosen.", "点击笔记即可前往。用方框、Ctrl 或 Shift 加点击、空格键选择，然后一起加标签、换颜色、导出或删除。", "點擊筆記即可前往。用方框、Ctrl 或 Shift 加點擊、空白鍵選擇，然後一起加標籤、換顏色、匯出或刪除。";
    choose_named(name): "Choose: {name}", "选择：{name}", "選擇：{name}";
    notes_chosen(count): "Chosen: {count}", "已选 {count} 条", "已選 {count} 則";
    tag_for_chosen: "Tag for all chosen", "所选笔记的标签", "所選筆記的標籤";
    untag_chosen: "Take a tag off", "去掉标签", "移除標籤";
    delete_chosen: "Delete all chosen", "删除所选", "刪除所選";
    choose_none: "Choose none", "取消选择", "取消選擇";
    export_chosen_notes: "Export all chosen...", "导出所选…", "匯出所選…";
    notes_changed(notes, documents, undo): "Notes changed: {notes}, in documents: {documents}. {undo} takes it back.", "已改动 {documents} 份文档的 {notes} 条笔记。按 {undo} 撤销。", "已更動 {documents} 份文件的 {notes} 則筆記。按 {undo} 復原。";
    notes_not_changed(name, reason): "The notes on {name} could not be changed: {reason}", "无法改动 {name} 的笔记：{reason}", "無法更動 {name} 的筆記：{reason}";

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
