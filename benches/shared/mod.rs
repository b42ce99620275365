//! What the benchmarks measure on, and with: texts made here, notes on them, medians, memory.

use std::fmt::Write;
use std::thread;
use std::time::{Duration, Instant};

use duidu::document::Document;
use duidu::import::{self, ReadOptions};
use duidu::notes::{Anchor, Annotation, Colour, NoteId, Placing, Tag};
use duidu::text::Span;

/// The 3,500 commonest characters of the mainland's list, on its first line.
const COMMON: &str = include_str!("../../fonts/tgh.txt");

const PARTS: [&str; 8] = [
    "村民们在水渠边修起了一间小小的书屋，",
    "孩子们放学以后先去读书，再回家帮忙，",
    "河堤上的柳树又绿了，",
    "大家商量着把旧仓库改成阅览室，",
    "每个月初八有人从县城送来新书，",
    "雨水多的年份，堤坝要加固三次，",
    "老人把从前的故事讲给年轻人听，",
    "地图上的名字和口头的叫法并不一样，",
];

/// The sizes to measure with, in MB: all of 1, 10 and 100 up to the one named on the command line.
pub(crate) fn sizes() -> Vec<usize> {
    let most = std::env::args().skip(1).find_map(|word| word.parse().ok()).unwrap_or(100);
    [1, 10, 100].into_iter().filter(|size| *size <= most).collect()
}

/// A text of headings and paragraphs of many lengths that does not repeat itself: known sentences, and
/// between them common characters, the first of the list oftener than the last, so that each page shows
/// some that no page has shown before.
pub(crate) fn text_of(bytes: usize) -> String {
    text_from(0, bytes)
}

/// The same with other dice: another text for each number.
pub(crate) fn text_from(number: u64, bytes: usize) -> String {
    let common: Vec<char> = COMMON.lines().next().unwrap_or_default().chars().collect();
    let mut text = String::with_capacity(bytes + 4096);
    let mut dice = Dice::numbered(number);
    let mut number = 0;
    while text.len() < bytes {
        number += 1;
        if number % 40 == 1 {
            write!(text, "第{number}章 河边的事\n\n").unwrap();
        }
        text.push_str("　　");
        for _ in 0..=dice.below(5) {
            text.push_str(PARTS.get(dice.below(PARTS.len())).copied().unwrap_or_default());
            for _ in 0..4 + dice.below(12) {
                let most = 1 + dice.below(common.len());
                text.extend(common.get(dice.below(most)));
            }
            text.push('，');
        }
        write!(text, "这是第{number}件。\n\n").unwrap();
    }
    text
}

/// Numbers that look random and are the same each time (xorshift).
pub(crate) struct Dice(u64);

impl Default for Dice {
    fn default() -> Self {
        Self::numbered(0)
    }
}

impl Dice {
    /// Each number is the beginning of another row.
    fn numbered(number: u64) -> Self {
        Self(0x2545_F491_4F6C_DD1D ^ number.wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }

    /// A number from 0 to `limit`, which it does not reach.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap_or_default() % limit.max(1)
    }
}

/// A text as the program reads it.
pub(crate) fn read(text: &str) -> Document {
    import::read("t.txt", text.as_bytes().to_vec(), &ReadOptions::default()).unwrap().document
}

/// Highlights of ten characters at even distances.
pub(crate) fn notes_on(document: &Document, count: usize) -> Vec<Annotation> {
    let text = document.text();
    let step = text.len() / count.max(1);
    let place = |number: usize| {
        let span = Span::from_range(&(text.floor_char_boundary(number * step)..text.len()));
        let block = document.block(document.block_at(span.start())?)?;
        let words = span.intersection(block.span)?.of(text)?;
        let length: usize = words.chars().take(10).map(char::len_utf8).sum();
        (length > 0).then(|| Span::from_length(span.start(), u32::try_from(length).unwrap()))
    };
    let colours = Colour::ALL.into_iter().cycle();
    (0..count)
        .filter_map(place)
        .zip(colours)
        .enumerate()
        .map(|(number, (span, colour))| Annotation {
            id: NoteId(uuid::Uuid::from_u128(number as u128)),
            anchor: Anchor::of(document, span),
            colour: Some(colour),
            tags: Tag::new(&format!("題目{}/小題{}", number % 10, number % 40)).into_iter().collect(),
            text: format!("第{number}条"),
            answers: Vec::new(),
            placing: Placing::default(),
            created: jiff::Timestamp::UNIX_EPOCH,
            changed: jiff::Timestamp::UNIX_EPOCH,
        })
        .collect()
}

/// The median of at least three and at most eleven runs, for about two seconds.
pub(crate) fn median(mut work: impl FnMut()) -> Duration {
    let begun = Instant::now();
    let mut times = Vec::new();
    while times.len() < 3 || (times.len() < 11 && begun.elapsed() < Duration::from_secs(2)) {
        let start = processor_time();
        work();
        times.push(processor_time().saturating_sub(start));
    }
    times.sort();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

/// What the processor has spent on this thread, so that other work of the machine counts as little as it
/// can; the clock on the wall where the system does not say.
///
/// Linux counts to the moment only when the thread gives way.
pub(crate) fn processor_time() -> Duration {
    thread_local! {
        static BEGUN: Instant = Instant::now();
    }
    thread::yield_now();
    let counted = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = counted.and_then(|line| line.split_whitespace().next()?.parse().ok());
    nanoseconds.map_or_else(|| BEGUN.with(Instant::elapsed), Duration::from_nanos)
}

/// Milliseconds, with what matters of them.
pub(crate) fn in_words(time: Duration) -> String {
    format!("{:.2}", time.as_secs_f64() * 1000.0)
}

/// The memory that is this program's own, in bytes, as the system counts it; 0 where it does not say.
pub(crate) fn own_memory() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("RssAnon"));
    let kilobytes = line.and_then(|line| line.split_whitespace().nth(1)?.parse::<usize>().ok());
    kilobytes.unwrap_or_default() * 1024
}
