//! The words of each format, from which the engine puts inputs together: it cannot guess them letter by letter.

/// The words of a target, as the engine wants them: in quotation marks, what is not plain ASCII by its bytes.
pub(crate) fn dictionary(target: &str) -> String {
    let words = match target {
        "text" => include_str!("../words/text.txt"),
        "markdown" => include_str!("../words/markdown.txt"),
        "html" => include_str!("../words/html.txt"),
        "mhtml" => include_str!("../words/mhtml.txt"),
        "epub" => include_str!("../words/epub.txt"),
        "docx" => include_str!("../words/docx.txt"),
        "odt" => include_str!("../words/odt.txt"),
        "rtf" => include_str!("../words/rtf.txt"),
        "pdf" => include_str!("../words/pdf.txt"),
        "exchange" => include_str!("../words/exchange.txt"),
        "notes" => include_str!("../words/notes.txt"),
        "any" => include_str!("../words/any.txt"),
        _ => "",
    };
    let words = words.lines().map(|word| format!("\"{}\"\n", quoted(word)));
    // The engine refuses a file without a line.
    format!("# {target}\n{}", words.collect::<String>())
}

/// A word on a line of a file, where controls stand as their pictures (␊, ␞), as the engine has it.
fn quoted(word: &str) -> String {
    let quoted = |byte: u8| match byte {
        b'"' | b'\\' => format!("\\{}", char::from(byte)),
        b' '..=b'~' => char::from(byte).to_string(),
        other => format!("\\x{other:02x}"),
    };
    let mut bytes = [0; 4];
    let mut quoted_character = |character: char| match character {
        '␀'..='␟' => format!("\\x{:02x}", character as u32 - '␀' as u32),
        _ => character.encode_utf8(&mut bytes).bytes().map(quoted).collect(),
    };
    word.chars().map(&mut quoted_character).collect()
}
