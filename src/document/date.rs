//! Dates as documents and readers write them.

use crate::text::{digit, number_at_start};

/// A year, a month of it or a day of it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct PartialDate {
    /// The year of the common era.
    pub year: i16,
    /// The month, from 1.
    pub month: Option<u8>,
    /// The day, from 1; only where the month is known.
    pub day: Option<u8>,
}

/// The months as English names begin.
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

impl PartialDate {
    /// Reads a date in any of the usual forms: `1984-03-05`, `1984年3月5日`, `一九八四年三月`, `20190301`,
    /// `5 March 1984`, `民國七十三年三月五日`. `None` where no year is in it.
    pub fn read(text: &str) -> Option<Self> {
        Self::of_the_republic(text).or_else(|| Self::of_the_common_era(text))
    }

    /// A date that counts the years from 1912, which is 元年.
    fn of_the_republic(text: &str) -> Option<Self> {
        let (_, after) = text.split_once("民國").or_else(|| text.split_once("民国"))?;
        let after = after.trim_start();
        let first = after.strip_prefix('元').map(|rest| (1, rest));
        let (count, rest) = first.or_else(|| ascii_number(after)).or_else(|| number_at_start(after))?;
        let year = i16::try_from(count).ok().filter(|count| (1..=999).contains(count))?.checked_add(1911)?;
        let mut numbers = numbers_in(rest).into_iter();
        let mut next = |most: u8| {
            numbers
                .next()
                .and_then(|number| u8::try_from(number).ok())
                .filter(|number| (1..=most).contains(number))
        };
        let month = next(12);
        Some(Self { year, month, day: month.and_then(|_| next(31)) })
    }

    fn of_the_common_era(text: &str) -> Option<Self> {
        let numbers = match &*numbers_in(text) {
            [packed @ 10_000_101..=99_991_231] => vec![packed / 10_000, packed / 100 % 100, packed % 100],
            others => others.to_vec(),
        };
        let at = numbers.iter().position(|number| (1000..=9999).contains(number))?;
        let year = i16::try_from(*numbers.get(at)?).ok()?;
        let mut rest = numbers.iter().skip(at + 1).chain(numbers.iter().take(at));
        let mut next = |most: u32| {
            rest.next().and_then(|&number| u8::try_from(number).ok().filter(|_| (1..=most).contains(&number)))
        };
        let month = named_month(text).or_else(|| next(12));
        let day = month.and_then(|_| next(31));
        Some(Self { year, month, day })
    }
}

fn named_month(text: &str) -> Option<u8> {
    let words = text.split(|found: char| !found.is_ascii_alphabetic());
    let month = |word: &str| {
        let word = word.to_ascii_lowercase();
        MONTHS.iter().position(|month| (3..=month.len()).contains(&word.len()) && month.starts_with(&word))
    };
    words.into_iter().find_map(month).and_then(|index| u8::try_from(index + 1).ok())
}

/// Every number of the text, in order.
fn numbers_in(text: &str) -> Vec<u32> {
    let mut numbers = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(|found| digit(found).is_some() || found == '十') {
        let (_, from) = rest.split_at(start);
        let after = match ascii_number(from).or_else(|| number_at_start(from)) {
            Some((number, after)) => {
                numbers.push(number);
                after
            }
            None => from.trim_start_matches(|found| digit(found).is_some()),
        };
        // Whatever was read, the search goes on behind it.
        rest = if after.len() < from.len() { after } else { "" };
    }
    numbers
}

/// A number in ASCII digits, of up to eight of them.
fn ascii_number(text: &str) -> Option<(u32, &str)> {
    let end = text.find(|found: char| !found.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at_checked(end).filter(|(digits, _)| digits.len() <= 8)?;
    Some((digits.parse().ok()?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<(i16, Option<u8>, Option<u8>)>) {
        let expected = expected.map(|(year, month, day)| PartialDate { year, month, day });
        assert_eq!(PartialDate::read(text), expected, "{text}");
    }

    #[test]
    fn dates_are_read_in_every_writing() {
        check("1984", Some((1984, None, None)));
        check("1984-03-05", Some((1984, Some(3), Some(5))));
        check("1984年3月5日", Some((1984, Some(3), Some(5))));
        check("一九八四年十二月三十一日", Some((1984, Some(12), Some(31))));
        check("１９８４／３", Some((1984, Some(3), None)));
        check("19840305", Some((1984, Some(3), Some(5))));
        check("2019-03-21 09:30", Some((2019, Some(3), Some(21))));
        check("5 March 1984", Some((1984, Some(3), Some(5))));
        check("Sept. 1984", Some((1984, Some(9), None)));
        check("Decision of 1984-03-05", Some((1984, Some(3), Some(5))));
        check("Marine Press, 1984", Some((1984, None, None)));
        check("March 5, 1984", Some((1984, Some(3), Some(5))));
        check("3/5/1984", Some((1984, Some(3), Some(5))));
    }

    #[test]
    fn years_of_the_republic_are_counted_from_1912() {
        check("民國108年3月5日", Some((2019, Some(3), Some(5))));
        check("民國一〇八年", Some((2019, None, None)));
        check("中華民國 108 年十二月", Some((2019, Some(12), None)));
        check("民国元年", Some((1912, None, None)));
        check("民國1984年3月", Some((1984, Some(3), None)));
        check("民國前三年", None);
        check("光緒三年", None);
    }

    #[test]
    fn what_is_no_date_is_none() {
        check("", None);
        check("去年春天", None);
        check("1984年第99期", Some((1984, None, None)));
        check("123456789012", None);
    }
}
