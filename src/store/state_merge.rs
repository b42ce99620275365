//! The settings of two windows, or of two versions of the program, joined.

use super::raw::{Fields, Raw};

/// Lists to which every window adds: what two of them add stays, what one takes away is gone.
const GATHERED: [&str; 4] = ["corrections", "recent", "saved", "told_texts"];

/// What is of one window. The last one that says it counts.
const OF_WINDOW: [&str; 4] = ["tabs", "active", "comparisons", "compared"];

/// What stands before a field, for each level that it lies within another.
const INDENT: &str = "    ";

/// One part of the settings, as four people say it.
#[derive(Clone, Copy)]
pub(super) struct Sayings<'a> {
    /// What this program said or read last; `None` for what was not there.
    pub(super) base: Option<&'a str>,
    /// What it says now.
    pub(super) ours: &'a str,
    /// What the file says, as this program would write it.
    pub(super) theirs: Option<&'a str>,
    /// The file itself, for what this program does not know.
    pub(super) file: Option<&'a str>,
}

impl<'a> Sayings<'a> {
    /// What is to be written: what this program has changed as it says, everything else as the file says.
    pub(super) fn joined(self) -> String {
        self.joined_at("", 0)
    }

    fn joined_at(self, name: &str, depth: usize) -> String {
        let Some(theirs) = self.theirs.filter(|_| !OF_WINDOW.contains(&name)) else {
            return self.ours.to_owned();
        };
        if GATHERED.contains(&name)
            && let (Some(ours), Some(theirs)) = (items(self.ours), items(theirs))
        {
            return list(&self.gathered(&ours, &theirs), depth);
        }
        if let (Ok(ours), Ok(theirs)) = (Fields::parse(self.ours), Fields::parse(theirs)) {
            return self.joined_fields(&ours, &theirs, depth);
        }
        if self.base == Some(self.ours) { theirs.to_owned() } else { self.ours.to_owned() }
    }

    fn joined_fields(self, ours: &Fields<'a>, theirs: &Fields<'a>, depth: usize) -> String {
        let base = self.base.and_then(|base| Fields::parse(base).ok());
        let file = self.file.and_then(|file| Fields::parse(file).ok());
        let of = |fields: Option<&Fields<'a>>, name: &str| Some(fields?.get(name)?.as_str());
        let known = ours.iter().map(|(name, ours)| {
            let sayings = Sayings {
                base: of(base.as_ref(), name),
                ours: ours.as_str(),
                theirs: of(Some(theirs), name),
                file: of(file.as_ref(), name),
            };
            (name, sayings.joined_at(name, depth + 1))
        });
        let unknown = file.iter().flat_map(Fields::iter).filter(|(name, _)| ours.get(name).is_none());
        let fields = known.chain(unknown.map(|(name, value)| (name, value.text())));
        let lines = fields.map(|(name, value)| format!("{name}: {value}")).collect::<Vec<_>>();
        lines_within(["(", ")"], &lines, depth)
    }

    /// The items of this program, as the file has them, then those that only the file has.
    fn gathered(self, ours: &[&'a str], theirs: &[&'a str]) -> Vec<&'a str> {
        let base = self.base.and_then(items).unwrap_or_default();
        let file = self.file.and_then(items).filter(|file| file.len() == theirs.len());
        let file = file.unwrap_or_else(|| theirs.to_vec());
        let in_file = |item: &&str| theirs.iter().position(|other| other == item);
        let still = ours.iter().filter(|item| in_file(item).is_some() || !base.contains(item));
        let still = still.map(|item| in_file(item).and_then(|at| file.get(at)).unwrap_or(item));
        let new = theirs.iter().zip(&file).filter(|(item, _)| !base.contains(item) && !ours.contains(item));
        still.chain(new.map(|(_, as_written)| as_written)).copied().collect()
    }
}

/// The items of a list, as they are written.
fn items(list: &str) -> Option<Vec<&str>> {
    let list = Raw::of(list)?.list()?;
    Some(list.into_iter().map(Raw::as_str).collect())
}

fn list(items: &[&str], depth: usize) -> String {
    if items.is_empty() {
        return "[]".to_owned();
    }
    lines_within(["[", "]"], items, depth)
}

/// Each on a line of its own between two signs.
fn lines_within<Line: AsRef<str>>([open, close]: [&str; 2], lines: &[Line], depth: usize) -> String {
    let mut out = format!("{open}\n");
    for line in lines {
        out.extend([&*INDENT.repeat(depth + 1), line.as_ref(), ",\n"]);
    }
    out.extend([&*INDENT.repeat(depth), close]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is written, on one line.
    fn check(base: &str, ours: &str, theirs: &str, expected: &str) {
        let sayings = Sayings { base: Some(base), ours, theirs: Some(theirs), file: Some(theirs) };
        let written = sayings.joined();
        let on_one_line = written.split_whitespace().collect::<Vec<_>>().join(" ");
        let on_one_line = on_one_line.replace("( ", "(").replace(", )", ")");
        assert_eq!(on_one_line.replace("[ ", "[").replace(", ]", "]"), expected);
    }

    #[test]
    fn what_only_one_of_them_changed_is_as_that_one_says() {
        check("(size: 1, theme: A)", "(size: 2, theme: A)", "(size: 1, theme: B)", "(size: 2, theme: B)");
        check("(a: (b: 1, c: 1))", "(a: (b: 2, c: 1))", "(a: (b: 1, c: 3))", "(a: (b: 2, c: 3))");
        check("(size: 1)", "(size: 2)", "(size: 3)", "(size: 2)");
    }

    #[test]
    fn what_both_add_to_a_list_stays_and_what_one_takes_away_is_gone() {
        check(
            "(corrections: [1, 2, 3])",
            "(corrections: [1, 3, 4])",
            "(corrections: [2, 3, 5])",
            "(corrections: [3, 4, 5])",
        );
        check("(corrections: [])", "(corrections: [])", "(corrections: [7])", "(corrections: [7])");
        check("(tabs: [1])", "(tabs: [1])", "(tabs: [2])", "(tabs: [1])");
    }

    #[test]
    fn what_is_not_known_stays_as_it_is_written() {
        let theirs = "(size: 1, new: Some(\"河\"), in: (b: 1, of: [1]))";
        check(
            "(size: 1, in: (b: 1))",
            "(size: 2, in: (b: 1))",
            theirs,
            "(size: 2, in: (b: 1, of: [1]), new: Some(\"河\"))",
        );
    }
}
