//! File names from titles.

use unicode_segmentation::UnicodeSegmentation;

/// The longest name, in bytes: room is left for an ending and a number below the usual limit of 255.
const MOST_BYTES: usize = 200;

/// A file name, without an ending, for something of that title: one component of a path that every usual
/// system accepts, at most 200 bytes long, never empty.
///
/// What file systems, shells or eyes could misread (separators, reserved signs, controls, invisible and
/// bidirectional characters) becomes a space; a name that Windows reserves for a device gets a `_` before
/// it.
pub fn file_name_from_title(title: &str) -> String {
    let spaced: String =
        title.chars().map(|character| if is_allowed(character) { character } else { ' ' }).collect();
    let words = spaced.split_whitespace().collect::<Vec<_>>().join(" ");
    let name = trimmed(shortened(trimmed(&words), MOST_BYTES - 1));
    match name {
        "" => "duidu".to_owned(),
        name if is_reserved(name) => format!("_{name}"),
        name => name.to_owned(),
    }
}

fn is_allowed(character: char) -> bool {
    let invisible = matches!(
        character,
        '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
        | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{FFFD}'..='\u{FFFF}' | '\u{E0000}'..='\u{E0FFF}'
    );
    let reserved =
        matches!(character, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' | '$' | '`' | '%');
    !character.is_control() && !invisible && !reserved
}

/// Without what may not begin a name (a hidden file, an option) or end it.
fn trimmed(name: &str) -> &str {
    name.trim_start_matches(['.', '-', '~', ' ']).trim_end_matches(['.', ' ', '~'])
}

/// The first graphemes of `name`, at most `most` bytes together.
fn shortened(name: &str, most: usize) -> &str {
    let ends = name.grapheme_indices(true).map(|(start, grapheme)| start + grapheme.len());
    let end = ends.take_while(|&end| end <= most).last().unwrap_or(0);
    name.get(..end).unwrap_or(name)
}

/// Whether Windows takes the name for a device, whatever ending follows.
fn is_reserved(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).trim_end().to_uppercase();
    let numbered = ["COM", "LPT"].iter().find_map(|device| stem.strip_prefix(device)).is_some_and(|number| {
        let mut digits = number.chars();
        digits.next().is_some_and(|digit| digit.is_ascii_digit() || "¹²³".contains(digit))
            && digits.next().is_none()
    });
    numbered || ["CON", "PRN", "AUX", "NUL", "CONIN", "CONOUT", "CLOCK"].contains(&stem.as_str())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(title: &str, expected: &str) {
        assert_eq!(file_name_from_title(title), expected, "{title:?}");
    }

    #[test]
    fn titles_become_names() {
        check("修河倡议", "修河倡议");
        check(" 修河/倡议：上\n下 ", "修河 倡议：上 下");
        check("../../etc/passwd", "etc passwd");
        check("..", "duidu");
        check("", "duidu");
        check("-rf ~", "rf");
        check("con", "_con");
        check("Com1.2026", "_Com1.2026");
        check("COM¹", "_COM¹");
        check("commune", "commune");
        check("a\u{202E}fdp.exe", "a fdp.exe");
        check(&"水".repeat(100), &"水".repeat(66));
        check(&format!("{} .x", "a".repeat(198)), &"a".repeat(198));
    }

    proptest! {
        #[test]
        fn any_title_becomes_one_safe_component(title in r"[\PC./\\:\x00-\x20~-]{0,120}|(?i)(con|com[0-9])[. a]{0,3}") {
            let name = file_name_from_title(&title);
            prop_assert!(!name.is_empty() && name.len() <= MOST_BYTES);
            prop_assert!(!name.contains(['/', '\\', ':', '\0', '\n']) && !name.starts_with('.'));
            prop_assert!(!name.ends_with(['.', ' ']) && !is_reserved(&name));
            let components: Vec<_> = std::path::Path::new(&name).components().collect();
            prop_assert!(matches!(components.as_slice(), [std::path::Component::Normal(_)]));
            prop_assert_eq!(file_name_from_title(&name), name);
        }
    }
}
