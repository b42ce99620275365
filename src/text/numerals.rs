//! Numbers as Chinese texts write them: in ASCII or full-width digits, or in Han numerals.

/// The value of a number in ASCII digits, full-width digits or Han numerals (up to 9,999); `None` for
/// anything else.
pub(crate) fn number(digits: &str) -> Option<u32> {
    let mut characters = digits.chars().peekable();
    characters.peek()?;
    let (mut total, mut current, mut positional) = (0_u32, None::<u32>, true);
    for character in characters {
        if let Some(unit) = unit(character) {
            total = total.checked_add(current.take().unwrap_or(1).checked_mul(unit)?)?;
            positional = false;
        } else {
            let digit = digit(character)?;
            let before = if positional { current.unwrap_or(0) } else { 0 };
            current = Some(before.checked_mul(10)?.checked_add(digit)?);
        }
    }
    total.checked_add(current.unwrap_or(0))
}

/// The value of one digit, ASCII, full-width or Han.
pub(crate) fn digit(character: char) -> Option<u32> {
    match character {
        '0'..='9' => character.to_digit(10),
        '０'..='９' => Some(character as u32 - '０' as u32),
        '零' | '〇' => Some(0),
        '一' => Some(1),
        '二' | '两' | '兩' => Some(2),
        '三' => Some(3),
        '四' => Some(4),
        '五' => Some(5),
        '六' => Some(6),
        '七' => Some(7),
        '八' => Some(8),
        '九' => Some(9),
        _ => None,
    }
}

fn unit(character: char) -> Option<u32> {
    match character {
        '十' => Some(10),
        '百' => Some(100),
        '千' => Some(1000),
        '廿' => Some(20),
        '卅' => Some(30),
        _ => None,
    }
}

/// The number that `text` begins with, and what comes after it; `None` where there is none, or one of more than
/// seven characters.
pub(crate) fn number_at_start(text: &str) -> Option<(u32, &str)> {
    let is_numeral = |found: char| digit(found).is_some() || unit(found).is_some();
    let end = text.find(|found| !is_numeral(found)).unwrap_or(text.len());
    let (digits, rest) = text.split_at_checked(end)?;
    (digits.chars().count() <= 7).then_some(())?;
    Some((number(digits)?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_in_every_writing() {
        let check = |digits: &str, expected| assert_eq!(number(digits), expected, "{digits}");
        check("12", Some(12));
        check("１２", Some(12));
        check("十二", Some(12));
        check("二十", Some(20));
        check("二百零三", Some(203));
        check("二〇二五", Some(2025));
        check("十", Some(10));
        check("", None);
        check("一個", None);
        check("99999999999", None);
    }

    #[test]
    fn a_number_is_told_from_what_follows() {
        assert_eq!(number_at_start("二十一條之一"), Some((21, "條之一")));
        assert_eq!(number_at_start("2025年"), Some((2025, "年")));
        assert_eq!(number_at_start("條"), None);
        assert_eq!(number_at_start("一二三四五六七八"), None);
    }
}
