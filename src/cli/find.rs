//! `duidu find`.

mod library;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;

use super::notes::each_once;
use super::output::{Failure, Out};
use super::{Choices, Outcome, Stores, read_or_fail};
use crate::document::Document;
use crate::session::{Place, SearchRequest, TabId};
use crate::store::find;
use crate::text::{SearchOptions, Span, surroundings};

/// So many characters are shown on each side of what was found.
const AROUND: usize = 20;

#[derive(Args, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub(super) struct FindArguments {
    /// What to find.
    #[arg(value_name = "QUERY")]
    query: String,
    /// Where. Each place is printed as the file, the number of the line in its text, and what stands there.
    #[arg(value_name = "FILE", required_unless_present = "library", conflicts_with = "library")]
    files: Vec<PathBuf>,
    /// In all documents of the library. The query is then words that a document has, all of them; a "phrase"
    /// in quotation marks; and -word for what it has not.
    #[arg(long)]
    library: bool,
    /// Find only what is written so: 体 does not find 體, nor e é, nor 1 ①.
    #[arg(long)]
    as_written: bool,
    /// Let punctuation and spaces count.
    #[arg(long)]
    punctuation: bool,
    /// Look into what was set aside too.
    #[arg(long)]
    asides: bool,
    #[command(flatten)]
    choices: Choices,
}

pub(super) fn run(arguments: &FindArguments, stores: &Stores, out: &mut Out) -> Result<Outcome, Failure> {
    if arguments.library {
        return library::run(arguments, stores, out);
    }
    let (mut found, mut failed) = (false, false);
    for file in each_once(arguments.files.clone()) {
        match find_in(&file, arguments, stores, out) {
            Ok(found_here) => found |= found_here,
            Err(failure) => {
                failure.say()?;
                failed = true;
            }
        }
    }
    Ok(Outcome::of(found, failed))
}

fn find_in(file: &Path, arguments: &FindArguments, stores: &Stores, out: &mut Out) -> Result<bool, Failure> {
    let choices = stores.choices(&arguments.choices, &Place::File(file.to_owned()));
    let document = Arc::new(read_or_fail(file, &choices)?.document);
    let hits = arguments.hits(&arguments.query, &document).ok_or_else(nothing_to_look_for)?;
    print(&file.display().to_string(), document.text(), &hits, out)?;
    Ok(!hits.is_empty())
}

fn nothing_to_look_for() -> Failure {
    Failure::told("there is nothing to look for: the query is empty")
}

impl FindArguments {
    fn options(&self) -> SearchOptions {
        SearchOptions { ignore_punctuation: !self.punctuation, as_written: self.as_written }
    }

    /// Where the words stand in a document; `None` where there is nothing to look for.
    fn hits(&self, words: &str, document: &Arc<Document>) -> Option<Vec<Span>> {
        let request = SearchRequest {
            tab: TabId::default(),
            document: Arc::clone(document),
            query: words.to_owned(),
            options: self.options(),
            asides: self.asides,
        };
        request.ready()?;
        let mut hits = Vec::new();
        find(&request, &|| false, &mut |more, _| hits.extend(more));
        Some(hits)
    }
}

fn print(name: &str, text: &str, hits: &[Span], out: &mut Out) -> Result<(), Failure> {
    let (mut line, mut counted) = (1, 0);
    let mut lines = Lines::of(name);
    for &hit in hits {
        let before = Span::new(counted, hit.start()).of(text).unwrap_or_default();
        line += before.matches('\n').count();
        counted = hit.start();
        let around = surroundings(text, hit, AROUND);
        let words = Span::new(around.before.start(), around.after.end()).of(text).unwrap_or_default();
        lines.print(line, &format!("{}{words}{}", around.dots_before(), around.dots_after()), out)?;
    }
    Ok(())
}

/// Prints places of a document, each on a line of its own; what looks the same was found twice, by two of the words.
struct Lines<'a> {
    name: &'a str,
    printed: String,
}

impl<'a> Lines<'a> {
    fn of(name: &'a str) -> Self {
        Self { name, printed: String::new() }
    }

    fn print(&mut self, line: usize, words: &str, out: &mut Out) -> Result<(), Failure> {
        let words: String = words.split(['\r', '\n']).map(str::trim).collect();
        let now = format!("{}:{line}: {words}", self.name);
        if now != self.printed {
            out.line(&now)?;
            self.printed = now;
        }
        Ok(())
    }
}
