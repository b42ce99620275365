//! The program that is tried: opens a document with its notes, changes them, says what was said to be saved.
//!
//! It is this test started again with the word [`ASKED`] before its own arguments. On its standard output it says
//! `ready` when the document is open, `saved N` when step N was said to be saved, `waits` when it could not be and is
//! tried again, and `refused …` when it could not be and the program gives up.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use duidu::notes::{Anchor, Annotation, NoteId, Placing};
use duidu::session::{Effect, Event, Kept, NotesFile, Place, Ticket};
use duidu::store::{Home, World};
use duidu::text::Span;
use jiff::Timestamp;
use uuid::Uuid;

use super::story::{Notes, Step, step};

/// The word that asks for the program instead of the tests.
pub(crate) const ASKED: &str = "the-program";

/// The document that is read, in the folder of a trial.
pub(crate) const DOCUMENT: &str = "book.txt";

/// How long an answer of the store may take, on a machine that does much else.
const PATIENCE: Duration = Duration::from_mins(2);

/// A document that is open.
pub(crate) struct Program {
    world: World,
    woken: Receiver<()>,
    place: Place,
    /// The notes as the store knows them.
    kept: Arc<Kept>,
    tickets: u64,
    /// Where the notes lie, and what was told on opening them.
    pub(crate) file: NotesFile,
}

impl Program {
    /// Opens the document of a trial. Errors: why it could not be opened.
    pub(crate) fn open(folder: &Path) -> Result<Self, String> {
        let (waker, woken) = channel();
        let home = Home::within(&folder.join("home"));
        let wake = move || waker.send(()).unwrap_or_default();
        let world = World::start_within(home, wake).map_err(|error| error.to_string())?;
        let place = Place::File(folder.join(DOCUMENT));
        world.carry_out(Effect::Read {
            ticket: Ticket(1),
            place: place.clone(),
            choices: None,
            password: None,
        });
        let (kept, file) = (Arc::default(), NotesFile::default());
        let mut program = Self { world, woken, place, kept, tickets: 1, file };
        let opened = program.wait(|event| match event {
            Event::Opened { opened, .. } => Some(Ok(opened)),
            Event::NotOpened { reason, .. } => Some(Err(reason.to_string())),
            _ => None,
        })??;
        (program.kept, program.file) = (Arc::new(opened.kept), opened.notes);
        Ok(program)
    }

    /// What the notes say.
    pub(crate) fn notes(&self) -> Notes {
        self.kept.annotations.iter().map(|note| (note.id.0.as_u128(), note.text.clone())).collect()
    }

    /// Makes a step, and waits until the store says that it is saved. Errors: it says that it is not, and why.
    pub(crate) fn perform(&mut self, step: &Step) -> Result<(), String> {
        let ticket = self.begin(step);
        self.await_saved(ticket)
    }

    /// Makes a step, without waiting.
    fn begin(&mut self, step: &Step) -> Ticket {
        let base = Arc::clone(&self.kept);
        let kept = Arc::make_mut(&mut self.kept);
        let (Step::Say(number, _) | Step::Delete(number)) = *step;
        kept.annotations.retain(|note| note.id != id_of(number));
        if let Step::Say(number, text) = step {
            kept.annotations.push(Arc::new(note(*number, text)));
        }
        kept.annotations.sort_by_key(|note| note.id);
        self.tickets += 1;
        let ticket = Ticket(self.tickets);
        let (place, kept) = (self.place.clone(), Arc::clone(&self.kept));
        self.world.carry_out(Effect::SaveNotes { ticket, place, base, kept, history: Arc::default() });
        ticket
    }

    /// Waits until what was asked for with that ticket, and before, is said to be saved.
    fn await_saved(&self, ticket: Ticket) -> Result<(), String> {
        self.wait(|event| match event {
            Event::NotesKept { ticket: of, .. } if of == ticket => Some(Ok(())),
            Event::NotesSaved { ticket: of, result, .. } if of == ticket => Some(result.map(drop)),
            _ => None,
        })?
    }

    /// The same, and where the store says that it is not saved, until it is: it keeps trying.
    fn await_saved_at_last(&self, ticket: Ticket) -> Result<(), String> {
        match self.await_saved(ticket) {
            Err(reason) if reason != SILENT => {
                say("waits");
                self.await_saved_at_last(ticket)
            }
            result => result,
        }
    }

    /// Saves everything, as on leaving. Errors: what is not saved.
    pub(crate) fn leave(self) -> Result<(), String> {
        self.world.finish().map_err(|left| left.join("; "))
    }

    fn wait<Out>(&self, mut wanted: impl FnMut(Event) -> Option<Out>) -> Result<Out, String> {
        let end = Instant::now() + PATIENCE;
        while Instant::now() < end {
            if let Some(out) = self.world.events().into_iter().find_map(&mut wanted) {
                return Ok(out);
            }
            self.woken.recv_timeout(Duration::from_millis(50)).unwrap_or_default();
        }
        Err(SILENT.to_owned())
    }
}

/// What is wrong where the store has not answered in time.
const SILENT: &str = "the store does not answer";

fn id_of(number: u128) -> NoteId {
    NoteId(Uuid::from_u128(number))
}

/// A note on the first words of the document. Its moments go by its number, so that a story has no clock.
fn note(number: u128, text: &str) -> Annotation {
    let quote = "第一章";
    let changed = Timestamp::now();
    let anchor = Anchor { quote: quote.to_owned(), span: Span::whole(quote), ..Anchor::default() };
    Annotation {
        id: id_of(number),
        anchor,
        colour: None,
        tags: Vec::new(),
        text: text.to_owned(),
        answers: Vec::new(),
        placing: Placing::default(),
        created: changed,
        changed,
    }
}

/// So many notes are added before the program waits for one: as a reader does who highlights quickly.
const BURST: usize = 10;

/// What the program is asked to do.
pub(crate) enum Work {
    /// To go on with a story from a step on, for so many steps.
    Tell {
        /// Of the story.
        seed: u64,
        /// The first step to make.
        from: usize,
        /// How many steps.
        steps: usize,
    },
    /// To add notes with numbers of its own.
    Add {
        /// The first number.
        first: u128,
        /// How many.
        count: usize,
    },
}

impl Work {
    /// As arguments of the program.
    pub(crate) fn arguments(&self, folder: &Path) -> Vec<String> {
        let folder = folder.display().to_string();
        let numbers = match self {
            Self::Tell { seed, from, steps } => {
                ["tell".to_owned(), seed.to_string(), from.to_string(), steps.to_string()]
            }
            Self::Add { first, count } => {
                ["add".to_owned(), first.to_string(), count.to_string(), String::new()]
            }
        };
        [ASKED.to_owned(), folder].into_iter().chain(numbers).collect()
    }
}

/// Runs the program where the arguments ask for it.
pub(crate) fn run_if_asked(words: &[String]) -> Option<ExitCode> {
    let [asked, folder, kind, first, second, third] = words else { return None };
    (asked == ASKED).then(|| {
        let number = |word: &String| word.parse::<usize>().unwrap_or_default();
        let work = match kind.as_str() {
            "tell" => Work::Tell { seed: number(first) as u64, from: number(second), steps: number(third) },
            _ => Work::Add { first: number(first) as u128, count: number(second) },
        };
        match run(&PathBuf::from(folder), &work) {
            Ok(()) => ExitCode::SUCCESS,
            Err(reason) => {
                say(&format!("refused {reason}"));
                // As a program that is ended at once: nothing is saved any more.
                std::process::exit(3)
            }
        }
    })
}

fn run(folder: &Path, work: &Work) -> Result<(), String> {
    let mut program = Program::open(folder)?;
    say("ready");
    // As the session does: what could not be read is not changed.
    if let Some(reason) = program.file.read_only.take() {
        return Err(reason);
    }
    match *work {
        Work::Tell { seed, from, steps } => {
            for number in from..from + steps {
                let step = step(seed, number, &program.notes());
                program.perform(&step)?;
                say(&format!("saved {number}"));
            }
        }
        Work::Add { first, count } => {
            let numbers: Vec<u128> = (first..first + count as u128).collect();
            for burst in numbers.chunks(BURST) {
                let begin = |number: &u128| program.begin(&Step::Say(*number, format!("第{number}條")));
                let last = burst.iter().map(begin).last();
                last.map_or(Ok(()), |last| program.await_saved_at_last(last))?;
                for number in burst {
                    say(&format!("saved {number}"));
                }
            }
        }
    }
    program.leave()
}

/// The code with which the program ends when its own words fail, and not what it keeps.
pub(crate) const MUTE: i32 = 4;

/// One line, at once and in one piece: the program may not live to say more.
fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    let said = out.write_all(format!("{line}\n").as_bytes()).and_then(|()| out.flush());
    if said.is_err() {
        std::process::exit(MUTE);
    }
}

/// Writes the document of a trial.
pub(crate) fn write_document(folder: &Path) {
    fs::create_dir_all(folder).unwrap();
    fs::write(folder.join(DOCUMENT), "第一章\n村裏的人在河邊修了一間書屋，孩子們放學以後先去讀書。\n")
        .unwrap();
}
