//! Characters left over from a poor conversion, or from the other script.

use super::{ConvertError, Converters, Span, Written, detect, saturate, script_of};

/// Characters that look out of place in a document of one script.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Doubt {
    /// Where they stand.
    pub span: Span,
    /// The characters themselves.
    pub found: String,
    /// What should perhaps stand there, as long in characters as `found`.
    pub suggestion: String,
    /// Why they are doubtful.
    pub reason: Reason,
}

/// Why characters are doubtful.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reason {
    /// A line for the most part in the other script: a quotation, perhaps, or what a page has around it.
    OtherScript,
    /// The script of the document never has such a character: sure.
    NeverInThisScript,
    /// The script has the character, but not, it seems, in such a word (后門, 呼吁, 皇後): a guess.
    UnusualHere,
}

impl Reason {
    /// Whether there is no doubt left, as far as tables of characters can tell.
    pub fn is_sure(self) -> bool {
        self != Self::UnusualHere
    }
}

/// What looks out of place in `text`, a document or a part of it in the script `written`, in order.
///
/// A Traditional text is converted to Simplified by OpenCC and back, and each character compared with what
/// it has become; differences that a careful writer of some region may have wanted (公布 and 公佈, 裏 and 裡)
/// are passed over. A Simplified text is compared with what `t2s` makes of it. A text of no one script has
/// nothing out of place. An error means that OpenCC could not be opened.
pub fn doubtful(text: &str, written: Written, converters: &Converters) -> Result<Vec<Doubt>, ConvertError> {
    let judge = match written {
        Written::Simplified => judge_simplified,
        Written::Traditional => judge_traditional,
        Written::Mixed | Written::Undecided => return Ok(Vec::new()),
    };
    let mut doubts = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let places = judge(line, converters)?;
        let found = if is_of_other_script(line, written) { whole(&places) } else { joined(&places) };
        doubts.extend(found.into_iter().map(|doubt| Doubt { span: doubt.span.moved_right(start), ..doubt }));
        start += saturate(line.len());
    }
    Ok(doubts)
}

/// One character of a line, what the conversion has made of it, and what that says.
#[derive(Clone, Copy, Debug)]
struct Place {
    span: Span,
    found: char,
    expected: char,
    verdict: Verdict,
}

/// What a difference between found and expected says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Verdict {
    /// No difference, or one that a writer may have wanted.
    Fine,
    /// A difference that means something only beside a doubtful one.
    Variant,
    Doubtful(Reason),
}

fn judge_simplified(line: &str, converters: &Converters) -> Result<Vec<Place>, ConvertError> {
    let simplified = converters.to_simplified(line)?;
    Ok(characters(line)
        .zip(simplified.chars())
        .map(|((span, found), expected)| {
            let verdict = match script_of(found) {
                _ if found == expected || is_accepted(found, expected) => Verdict::Fine,
                Some(Written::Traditional) => Verdict::Doubtful(Reason::NeverInThisScript),
                _ => Verdict::Doubtful(Reason::UnusualHere),
            };
            Place { span, found, expected, verdict }
        })
        .collect())
}

fn judge_traditional(line: &str, converters: &Converters) -> Result<Vec<Place>, ConvertError> {
    let simplified = converters.to_simplified(line)?;
    let back = converters.to_traditional(&simplified)?;
    let found_form = converters.to_one_region(line)?;
    let expected_form = converters.to_one_region(&back)?;
    let forms = found_form.chars().zip(expected_form.chars());
    characters(line)
        .zip(simplified.chars().zip(back.chars()))
        .zip(forms)
        .map(|(((span, found), (simplified, expected)), forms)| {
            let fine = found == expected || forms.0 == forms.1 || is_accepted(forms.0, forms.1);
            let verdict = match script_of(found) {
                _ if fine || is_accepted(found, expected) => Verdict::Fine,
                Some(Written::Simplified) => Verdict::Doubtful(Reason::NeverInThisScript),
                _ if found == simplified => Verdict::Doubtful(Reason::UnusualHere),
                _ if is_usual(simplified, expected, converters)? => Verdict::Variant,
                _ => Verdict::Doubtful(Reason::UnusualHere),
            };
            Ok(Place { span, found, expected: forms.1, verdict })
        })
        .collect()
}

/// Whether `simplified` becomes `traditional` where no word says otherwise.
fn is_usual(simplified: char, traditional: char, converters: &Converters) -> Result<bool, ConvertError> {
    let alone = converters.to_traditional(simplified.encode_utf8(&mut [0; 4]))?;
    Ok(alone.starts_with(traditional))
}

fn characters(line: &str) -> impl Iterator<Item = (Span, char)> + '_ {
    line.char_indices().map(|(start, character)| {
        (Span::from_length(saturate(start), saturate(character.len_utf8())), character)
    })
}

fn is_of_other_script(line: &str, written: Written) -> bool {
    let line = detect(line);
    matches!((line, written), (Written::Simplified, Written::Traditional) | (Written::Traditional, Written::Simplified))
}

/// Rows of differences, each with something doubtful in it.
fn joined(places: &[Place]) -> Vec<Doubt> {
    let rows = places.split(|place| place.verdict == Verdict::Fine);
    rows.filter_map(|row| Some(doubt(row, reason(row)?))).collect()
}

/// The whole line, but for spaces around it.
fn whole(places: &[Place]) -> Vec<Doubt> {
    let stands = |place: &Place| !place.found.is_whitespace();
    let first = places.iter().position(stands).unwrap_or(0);
    let end = places.iter().rposition(stands).map_or(0, |last| last + 1);
    let line = places.get(first..end).filter(|line| !line.is_empty());
    line.map(|line| doubt(line, Reason::OtherScript)).into_iter().collect()
}

fn reason(row: &[Place]) -> Option<Reason> {
    let reasons = row.iter().filter_map(|place| match place.verdict {
        Verdict::Doubtful(reason) => Some(reason),
        Verdict::Fine | Verdict::Variant => None,
    });
    reasons.reduce(|one, other| if one.is_sure() { one } else { other })
}

fn doubt(row: &[Place], reason: Reason) -> Doubt {
    Doubt {
        span: row.iter().map(|place| place.span).reduce(Span::union).unwrap_or_default(),
        found: row.iter().map(|place| place.found).collect(),
        suggestion: row.iter().map(|place| place.expected).collect(),
        reason,
    }
}

/// Whether a careful writer may have either: characters that are exchanged for each other in some region,
/// or that share a meaning, whatever OpenCC prefers.
fn is_accepted(one: char, other: char) -> bool {
    ACCEPTED.contains(&(one, other)) || ACCEPTED.contains(&(other, one))
}

const ACCEPTED: &[(char, char)] = &[];

#[cfg(test)]
mod tests {
    use super::super::convert::tests::CONVERTERS;
    use super::*;

    #[test]
    fn explore() {
        for file in std::env::var("FILES").unwrap().split(' ') {
            let text = std::fs::read_to_string(file).unwrap();
            let written = detect(&text);
            println!("== {file} {written:?} {}", text.len());
            let mut n = std::collections::BTreeMap::new();
            for d in doubtful(&text, written, &CONVERTERS).unwrap() {
                let s = d.span.start() as usize;
                let a: String = text[..s].chars().rev().take(6).collect::<Vec<_>>().into_iter().rev().collect();
                let b: String = text[d.span.end() as usize..].chars().take(6).collect();
                let e = n.entry(format!("{:?} {}→{}", d.reason, d.found, d.suggestion)).or_insert((0, vec![]));
                e.0 += 1;
                if e.1.len() < 3 { e.1.push(format!("{a}[{}]{b}", d.found).replace('\n', "/")); }
            }
            for (k, (c, ex)) in n { println!("{c:4} {k}   {}", ex.join(" | ")); }
        }
    }
}
