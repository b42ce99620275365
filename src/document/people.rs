//! Who made a work, as web pages, journals and readers write their names.

/// What somebody did for a work.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Part {
    /// Wrote or issued it.
    Author,
    /// Put it together.
    Editor,
    /// Put it into another language.
    Translator,
}

/// The words behind Chinese names that say what somebody did, the longer ones first.
const PARTS: [(&str, Part); 11] = [
    ("主编", Part::Editor),
    ("主編", Part::Editor),
    ("编著", Part::Author),
    ("編著", Part::Author),
    ("编译", Part::Translator),
    ("編譯", Part::Translator),
    ("译", Part::Translator),
    ("譯", Part::Translator),
    ("编", Part::Editor),
    ("編", Part::Editor),
    ("著", Part::Author),
];

/// The names in `text`, without what stands around them: their dynasty, and what they did.
pub(super) fn people_in(text: &str) -> Vec<(Part, &str)> {
    let groups = text.split(['；', ';', '\n']).map(str::trim).filter(|group| !group.is_empty());
    groups.flat_map(people_of_group).collect()
}

/// Commas and spaces stand between Chinese names, and within others.
fn people_of_group(group: &str) -> Vec<(Part, &str)> {
    chinese_people(group).unwrap_or_else(|| {
        let each = group.split('、').map(str::trim).filter(|name| !name.is_empty());
        let whole = |name| without_part(name).unwrap_or((Part::Author, name));
        each.flat_map(|name| chinese_people(name).unwrap_or_else(|| vec![whole(name)])).collect()
    })
}

/// The names of a group; `None` where some are not Chinese. What was done is said once, behind all who did it.
fn chinese_people(group: &str) -> Option<Vec<(Part, &str)>> {
    let mut people: Vec<(Part, &str)> = Vec::new();
    let mut told = 0;
    let separate = |found: char| matches!(found, '、' | '，' | ',') || found.is_whitespace();
    for word in group.split(separate).filter(|word| !word.is_empty()) {
        let alone = PARTS.iter().find(|(part, _)| *part == word).map(|(_, part)| (*part, ""));
        let (part, name) =
            alone.or_else(|| without_part(word)).map_or((None, word), |(part, name)| (Some(part), name));
        let name = without_dynasty(name);
        people.extend((!name.is_empty()).then_some((Part::Author, name)));
        if let Some(part) = part {
            people.iter_mut().skip(told).for_each(|(did, _)| *did = part);
            told = people.len();
        }
    }
    Some(people).filter(|people| people.iter().all(|(_, name)| is_chinese_name(name)))
}

/// What somebody did, and the name before that; `None` where that is not said behind a Chinese name.
fn without_part(name: &str) -> Option<(Part, &str)> {
    PARTS.iter().find_map(|(word, part)| {
        let before = name.strip_suffix(word)?.trim_end();
        let is_name = before.chars().filter(|found| is_han(*found)).count() >= 2;
        is_name.then_some((*part, before))
    })
}

/// The name behind 〔漢〕, ［清］, （美）.
fn without_dynasty(name: &str) -> &str {
    const BRACKETS: [(char, char); 6] =
        [('〔', '〕'), ('［', '］'), ('[', ']'), ('（', '）'), ('(', ')'), ('【', '】')];
    let inside = |&(open, close): &(char, char)| name.strip_prefix(open)?.split_once(close);
    match BRACKETS.iter().find_map(inside) {
        Some((dynasty, rest)) if dynasty.chars().count() <= 4 && dynasty.chars().all(is_han) => {
            rest.trim_start()
        }
        _ => name,
    }
}

/// Two to four characters, or a foreign name as it is written in Chinese.
fn is_chinese_name(name: &str) -> bool {
    let length = name.chars().count();
    let foreign = name.contains('·') && name.chars().any(is_han);
    foreign || ((2..=4).contains(&length) && name.chars().all(is_han))
}

fn is_han(found: char) -> bool {
    matches!(found, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Editors have `!` before their names, translators `>`.
    fn check(written: &str, expected: &[&str]) {
        let sign = |part| match part {
            Part::Author => "",
            Part::Editor => "!",
            Part::Translator => ">",
        };
        let found: Vec<String> =
            people_in(written).into_iter().map(|(part, name)| format!("{}{name}", sign(part))).collect();
        assert_eq!(found, expected, "{written}");
    }

    #[test]
    fn chinese_names_are_told_apart_by_commas_and_spaces() {
        check("王小明，李四，张三，赵六", &["王小明", "李四", "张三", "赵六"]);
        check("王小明,李四", &["王小明", "李四"]);
        check("王小明 李四", &["王小明", "李四"]);
        check("王 小明", &["王 小明"]);
        check("馬克·吐溫，李四", &["馬克·吐溫", "李四"]);
        check("中华人民共和国水利部，李四", &["中华人民共和国水利部，李四"]);
        check("Lin, Shui; Zhou, He", &["Lin, Shui", "Zhou, He"]);
        check("River Press", &["River Press"]);
    }

    #[test]
    fn what_somebody_did_is_no_part_of_the_name() {
        check("王小明 主编", &["!王小明"]);
        check("林水、周禾編著", &["林水", "周禾"]);
        check("林水、周禾 主編", &["!林水", "!周禾"]);
        check("馬克·吐溫著；張三譯", &["馬克·吐溫", ">張三"]);
        check("〔漢〕司馬遷", &["司馬遷"]);
        check("[美] 约翰·史密斯 著，李四 译", &["约翰·史密斯", ">李四"]);
        check("王著", &["王著"]);
        check("編輯室", &["編輯室"]);
    }
}
