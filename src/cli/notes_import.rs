//! `duidu notes import`.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::channel;

use clap::{Args, ValueEnum};
use jiff::Timestamp;

use super::notes_texts::write_texts;
use super::output::{Failure, Out, STANDARD};
use super::{Choices, Outcome, Stores, complain, read_or_fail};
use crate::document::TextId;
use crate::exchange::{ArrivalCounts, Format, LeftOut, Received, Remark};
use crate::notes::{Codebook, KnownTags};
use crate::session::{
    CodebookEffect, CodebookRead, Effect, Event, ImportJob, ImportPlan, ImportShelf, Place, PlacedChanges,
    ShelfDocument, Ticket,
};
use crate::store::{CodebookStore, Home, Touch, World, is_stream, read_parcel, read_parcel_from};

#[derive(Args, Debug)]
pub(super) struct ImportArguments {
    /// The file of notes or codes; - for standard input.
    #[arg(value_name = "NOTES")]
    notes: PathBuf,
    /// The document that they belong to; codes need none.
    #[arg(value_name = "DOCUMENT")]
    document: Option<PathBuf>,
    /// The format, where the content does not say it.
    #[arg(long, value_name = "FORMAT", ignore_case = true)]
    format: Option<FormatName>,
    /// Only say what would come.
    #[arg(long)]
    dry_run: bool,
    /// Write the texts that come with the notes into this folder, and take their notes with them.
    #[arg(long, value_name = "FOLDER", conflicts_with = "dry_run")]
    texts: Option<PathBuf>,
    /// Keep tags apart that are ours in another script.
    #[arg(long)]
    tags_as_written: bool,
    #[command(flatten)]
    choices: Choices,
}

/// The formats that notes are imported from.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
enum FormatName {
    #[value(name = "json-ld", aliases = ["jsonld", "json"])]
    JsonLd,
    Hypothesis,
    Qdpx,
    Qdc,
    Csv,
    Ron,
}

impl From<FormatName> for Format {
    fn from(name: FormatName) -> Self {
        match name {
            FormatName::JsonLd => Self::WebAnnotations,
            FormatName::Hypothesis => Self::Hypothesis,
            FormatName::Qdpx => Self::Project,
            FormatName::Qdc => Self::Codebook,
            FormatName::Csv => Self::Table,
            FormatName::Ron => Self::Ron,
        }
    }
}

/// There are no other documents than the one that is named.
struct NoShelf;

impl ImportShelf for NoShelf {
    fn with_text(&self, _text: TextId) -> Vec<Place> {
        Vec::new()
    }

    fn titles(&self) -> Vec<(Place, String)> {
        Vec::new()
    }

    fn open(&self, _place: &Place) -> Option<ShelfDocument> {
        None
    }
}

pub(super) fn import(
    arguments: &ImportArguments,
    stores: &Stores,
    out: &mut Out,
) -> Result<Outcome, Failure> {
    let received = received(arguments)?;
    let codes = CodebookStore::new(stores.home.clone()).read();
    codes.remarks.iter().for_each(|remark| complain(remark));
    let written = arguments.texts.as_deref().map(|folder| write_texts(&received.parcel, folder));
    let written = written.transpose()?.unwrap_or_default();
    let open = arguments.document.iter().chain(written.values());
    let open = open.map(|path| shelved(path, &arguments.choices, stores)).collect::<Result<Vec<_>, _>>()?;
    let chosen = written.iter().map(|(index, path)| (*index, Some(place_of(path))));
    let job = ImportJob { chosen: chosen.collect(), ..job(arguments, open, &codes.codebook) };
    let plan = job.plan(Arc::new(received), &NoShelf, &|| true);
    let plan = plan.ok_or_else(|| Failure::told("nobody waits for the import"))?;
    report(&plan, out)?;
    let (codes, refused) = codes_to_save(&plan, codes);
    if let Some(reason) = &refused {
        complain(&format!("the codes cannot be saved: {reason}"));
    }
    if !arguments.dry_run && plan.brings_anything() {
        take_in(&plan, codes, stores.home.clone())?;
    }
    let sound = plan.staying_out() == 0 && plan.counts().lost == 0;
    Ok(Outcome::of(sound, refused.is_some()))
}

fn received(arguments: &ImportArguments) -> Result<Received, Failure> {
    let (file, format) = (&arguments.notes, arguments.format.map(Format::from));
    let received = if file == Path::new(STANDARD) {
        read_parcel_from(std::io::stdin().lock(), format)
    } else if is_stream(file) {
        let opened = File::open(file).map_err(|error| format!("cannot read the file: {error}"));
        opened.and_then(|stream| read_parcel_from(stream, format))
    } else {
        read_parcel(file, format)
    };
    received.map_err(|reason| Failure::Told(format!("{reason}: {}", file.display())))
}

/// The codebook as it is and as it becomes, where it becomes another; or why it cannot.
fn codes_to_save(plan: &ImportPlan, codes: CodebookRead) -> (Option<[Codebook; 2]>, Option<String>) {
    let CodebookRead { codebook: before, read_only, .. } = codes;
    let mut now = before.clone();
    now.take_in(&plan.chosen_codes());
    match read_only {
        _ if now == before => (None, None),
        Some(reason) => (None, Some(reason)),
        None => (Some([before, now]), None),
    }
}

fn place_of(path: &Path) -> Place {
    Place::File(std::path::absolute(path).unwrap_or_else(|_| path.to_owned()))
}

/// The document with its notes.
fn shelved(path: &Path, choices: &Choices, stores: &Stores) -> Result<ShelfDocument, Failure> {
    let place = place_of(path);
    let document = Arc::new(read_or_fail(path, &stores.choices(choices, &place))?.document);
    let loaded = stores.notes.load(&place, document.id(), Touch::Nothing);
    if let Some(reason) = loaded.file.read_only {
        return Err(Failure::Told(format!("the notes cannot be changed: {reason}: {}", path.display())));
    }
    loaded.file.remarks.iter().for_each(|remark| complain(remark));
    let title = document.metadata().title.as_ref().map(|field| field.value.clone());
    let title = title.unwrap_or_else(|| place.name());
    let (notes, trash) = (loaded.kept.annotations, loaded.kept.trash);
    Ok(ShelfDocument { place, title, document, notes: notes.into(), trash })
}

fn job(arguments: &ImportArguments, open: Vec<ShelfDocument>, codebook: &Codebook) -> ImportJob {
    let used = open.iter().flat_map(|document| &document.notes).flat_map(|note| note.tags.clone());
    let coded = codebook.iter().map(|code| (code.tag.clone(), 0));
    let known_tags = KnownTags::new(used.map(|tag| (tag, 1)).chain(coded));
    ImportJob {
        path: arguments.notes.clone(),
        received: None,
        front: open.first().map(|document| document.place.clone()),
        open,
        chosen: BTreeMap::new(),
        as_written: std::collections::BTreeSet::new(),
        all_as_written: arguments.tags_as_written,
        known_tags: Arc::new(known_tags),
        codebook: Arc::new(codebook.clone()),
        now: Timestamp::now(),
    }
}

fn report(plan: &ImportPlan, out: &mut Out) -> Result<(), Failure> {
    let parcel = &plan.received.parcel;
    out.line(&format!("{}: {} notes", plan.received.format.name(), parcel.note_count()))?;
    for document in &plan.documents {
        let name = document.target.as_ref().map(|target| target.title.clone());
        let title = if document.title.is_empty() {
            name.unwrap_or_else(|| "(no title)".into())
        } else {
            document.title.clone()
        };
        let what = match &document.target {
            Some(_) => counts(document.counts()),
            None => format!("{} notes stay out: this is another document", document.notes),
        };
        out.line(&format!("{}: {what}", title.lines().collect::<String>()))?;
    }
    if plan.codes > 0 {
        out.line(&format!("codebook: {} tags", plan.codes))?;
    }
    for (theirs, ours) in &plan.choices {
        out.line(&format!("tag {theirs} comes as {ours}"))?;
    }
    plan.received.remarks.iter().for_each(|remark| complain(&left_out(*remark)));
    Ok(())
}

fn counts(counts: ArrivalCounts) -> String {
    let ArrivalCounts { new, changes, known, moved, unsure, lost } = counts;
    format!(
        "{new} new ({moved} moved, {unsure} unsure, {lost} lost), {changes} changed, {known} there already"
    )
}

fn left_out(Remark { left_out, count }: Remark) -> String {
    let what = match left_out {
        LeftOut::Notes => "notes that cannot be understood",
        LeftOut::Codes => "codes that cannot be understood",
        LeftOut::Sets => "sets",
        LeftOut::Cases => "cases and variables",
        LeftOut::Media => "pictures, sounds and films",
        LeftOut::Texts => "documents without a text",
        LeftOut::Links => "links to what is not in the file",
        LeftOut::Tags => "tags that cannot be understood",
        LeftOut::Places => "places of notes that cannot be understood",
        LeftOut::Deleted => "deleted notes",
        LeftOut::Characters => "characters that cannot be told",
    };
    format!("left out: {count} {what}")
}

/// Keeps what comes, in the same way as the window does.
fn take_in(plan: &ImportPlan, codes: Option<[Codebook; 2]>, home: Home) -> Result<(), Failure> {
    let failed = |reason: String| Failure::Told(format!("the notes could not be saved: {reason}"));
    let (sender, woken) = channel();
    let world = World::start_within(home, move || sender.send(()).unwrap_or_default())
        .map_err(|error| failed(error.to_string()))?;
    if let Some([before, now]) = codes {
        let save = CodebookEffect::Save { before: Arc::new(before), now: Arc::new(now) };
        world.carry_out(Effect::Codebook(save));
    }
    let edits: Vec<PlacedChanges> =
        plan.changes().into_iter().map(|(place, changes)| PlacedChanges { place, changes }).collect();
    if !edits.is_empty() {
        world.carry_out(Effect::EditNotes { ticket: Ticket(1), edits });
        edited(&world, &woken).map_err(failed)?;
    }
    world.finish().map_err(|reasons| failed(reasons.join("; ")))
}

/// Waits until the notes have been changed.
fn edited(world: &World, woken: &std::sync::mpsc::Receiver<()>) -> Result<(), String> {
    loop {
        for event in world.events() {
            if let Event::NotesEdited { done, .. } = event {
                return done.into_iter().try_for_each(|(_, result)| result.map(drop));
            }
        }
        woken.recv().map_err(|error| error.to_string())?;
    }
}
