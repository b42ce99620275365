//! The number that an office gives a document when it issues it, on a line of its own: 国发〔2020〕5号, 府水字第1120012345號,
//! 水利部令第50号, 2023年第5号, 第 85 号.

use super::byline::offset_within;
use super::characters;
use crate::text::{Span, digit, saturate};

/// What such a line says, and where in it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Issued {
    /// The number, with the office in it as it is written.
    pub(super) number: Span,
    /// The office that issued the document, where the line names it.
    pub(super) office: Option<Span>,
}

/// What brackets the year may stand in.
const OPENING: [char; 6] = ['〔', '[', '［', '﹝', '【', '（'];
const CLOSING: [char; 6] = ['〕', ']', '］', '﹞', '】', '）'];

/// So long may such a line be, in bytes: several offices may issue one document.
const LONGEST: usize = 200;
/// So long an office is called, in characters.
const LONGEST_NAME: usize = 50;

/// What `line` says, where it is nothing but the number of a document.
pub(super) fn issued(line: &str) -> Option<Issued> {
    let said = line.trim();
    if said.len() > LONGEST || !said.ends_with(['号', '號', '）', ')']) {
        return None;
    }
    let within = |part: &str| {
        let start = offset_within(line, part);
        Span::new(saturate(start), saturate(start + part.len()))
    };
    let is_number = is_bare(said) || is_of_year(said) || is_of_file(said);
    let office = office_of_order(said);
    (is_number || office.is_some()).then(|| Issued { number: within(said), office: office.map(within) })
}

/// Whether a line is a number without the office: the line above it may name that.
pub(super) fn is_bare(line: &str) -> bool {
    let line = without_brackets(line.trim());
    let (year, rest) = line.split_once('年').unwrap_or(("", line));
    let counted = rest.trim_start().strip_prefix('第').is_some_and(counts);
    counted && (year.is_empty() == (rest.len() == line.len())) && year.chars().all(is_counting)
}

/// The office that an order or a notice is of, where a line names nothing else: 水利部令.
pub(super) fn office_of_title(line: &str) -> Option<&str> {
    let office = ["令", "公告", "通告"].iter().find_map(|word| line.trim().strip_suffix(word))?.trim_end();
    is_name(office).then_some(office)
}

/// 水利部令第50号, 国务院令（第 123 号）.
fn office_of_order(line: &str) -> Option<&str> {
    let (above, _) = line.rsplit_once('令')?;
    let title = line.get(..above.len() + '令'.len_utf8())?;
    let number = line.get(title.len()..)?;
    office_of_title(title).filter(|_| is_bare(number))
}

/// 国发〔2020〕5号: an office in short, the year in brackets, the number.
fn is_of_year(line: &str) -> bool {
    let parts = line.split_once(OPENING).and_then(|(office, rest)| Some((office, rest.split_once(CLOSING)?)));
    parts.is_some_and(|(office, (year, number))| {
        let is_year = year.chars().count() == 4 && year.chars().all(|found| digit(found).is_some());
        is_name(office) && is_year && counts(number.trim_start().trim_start_matches('第'))
    })
}

/// 府水字第1120012345號: the word of a file, the number.
fn is_of_file(line: &str) -> bool {
    let parts = line.split_once("字第").or_else(|| line.split_once("字 第"));
    parts.is_some_and(|(office, number)| is_name(office) && counts(number))
}

/// Whether a text is a count and the word for a number: ` 85 号`.
fn counts(text: &str) -> bool {
    let count = text.trim().strip_suffix(['号', '號']).unwrap_or_default().trim();
    !count.is_empty() && count.chars().all(is_counting)
}

fn is_counting(found: char) -> bool {
    digit(found).is_some() || found == ' ' || "十百千零".contains(found)
}

fn is_name(text: &str) -> bool {
    let name = text.trim();
    let is_of_name = |found: char| characters::is_han(found) || found.is_whitespace() || found == '、';
    (1..=LONGEST_NAME).contains(&name.chars().count()) && name.chars().all(is_of_name)
}

fn without_brackets(text: &str) -> &str {
    let inner = text.strip_prefix(['（', '(']).and_then(|inner| inner.strip_suffix(['）', ')']));
    inner.unwrap_or(text).trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The office that a line names; empty where it names none.
    fn check(line: &str, office: &str) {
        let issued = issued(line).unwrap_or_else(|| panic!("{line}"));
        assert_eq!(issued.number.of(line), Some(line.trim()), "{line}");
        assert_eq!(issued.office.and_then(|office| office.of(line)).unwrap_or_default(), office, "{line}");
    }

    #[test]
    fn numbers_of_documents_are_known() {
        for line in
            ["禾发〔2020〕5号", "　禾政办发[2023]第12号 ", "禾农规（2019）3號", "禾水字第1120012345號"]
        {
            check(line, "");
        }
        for line in ["第 85 号", "（第八十五號）", "2023年第5号"] {
            check(line, "");
            assert!(is_bare(line), "{line}");
        }
        check("禾溪县水务局令第50号", "禾溪县水务局");
        check("禾溪縣政府令（第 123 號）", "禾溪縣政府");
    }

    #[test]
    fn other_lines_are_none() {
        let others = [
            "第三条",
            "第5号渠道",
            "禾发〔2020〕5号文件精神",
            "一月三号",
            "3月21日（第2号）",
            "命令第五连",
            "河渠治理办法",
            "",
            "〔2020〕5号",
            "见禾发〔2020〕5号。",
            "年第5号",
        ];
        for line in others {
            assert_eq!(issued(line), None, "{line}");
        }
    }
}
