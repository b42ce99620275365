//! What is said between the program and the process that reads for it.

use std::io::Read;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::Bounds;
use crate::document::{Comment, Document, Parts};
use crate::import::{Beside, ImportError, Imported, ReadOptions, Warning};

/// What is asked for. The bytes of the file follow it, then those of the files beside it.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Request {
    pub(super) name: String,
    pub(super) options: ReadOptions,
    /// The files beside it: their names and how many bytes they have.
    pub(super) beside: Vec<(String, u64)>,
    /// Memory, in MiB.
    pub(super) mebibytes: u64,
    /// Time of the processor.
    pub(super) seconds: u64,
    #[cfg(debug_assertions)]
    pub(super) trial: Option<Trial>,
}

/// Things that the process must not be able to do, or only so much of.
#[cfg(debug_assertions)]
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Trial {
    /// Open a file to read; answers with an error where it can.
    OpenFile(String),
    /// Write a file.
    WriteFile(String),
    /// Reach an address.
    Connect(String),
    /// Start a program.
    Start(String),
    /// Send a signal to the process that started it.
    #[cfg(target_os = "linux")]
    Signal,
    /// Limit what that process may use.
    #[cfg(target_os = "linux")]
    LimitOther,
    /// Use so many MiB, and answer.
    Use(u64),
    /// Wait for so many milliseconds, and answer.
    Wait(u64),
    /// Compute without end.
    Compute,
    /// Overflow the stack.
    Overflow,
    /// Answer with so many bytes of text.
    Answer(u64),
    /// Tell of progress without a pause.
    Chatter,
    /// End without an answer.
    End,
}

/// What is answered: progress and first pages any number of times, then one of the others.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Answer {
    Progress { done: u32, of: u32 },
    Beginning(Shape),
    Read(Shape),
    Failed(ImportError),
}

/// A document on its way. It is checked again when it arrives.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Shape {
    parts: Parts,
    warnings: Vec<Warning>,
    comments: Vec<Comment>,
}

impl Request {
    pub(super) fn to_read(name: &str, options: &ReadOptions, bounds: Bounds) -> Self {
        Self {
            name: name.to_owned(),
            options: options.clone(),
            beside: options.beside.files().map(|(name, file)| (name.to_owned(), file.len() as u64)).collect(),
            mebibytes: bounds.mebibytes,
            seconds: bounds.whole.as_secs().saturating_add(1),
            #[cfg(debug_assertions)]
            trial: None,
        }
    }
}

impl Request {
    /// The bytes that follow it.
    pub(super) fn bytes(&self, mut file: Vec<u8>) -> Vec<u8> {
        self.options.beside.files().for_each(|(_, beside)| file.extend(beside));
        file
    }

    /// Parts the bytes that followed it: the file, and what lies beside it. Where some are missing, nothing does.
    pub(super) fn parted(&self, mut bytes: Vec<u8>) -> (Vec<u8>, Beside) {
        let all = self
            .beside
            .iter()
            .try_fold(0_usize, |all, (_, length)| all.checked_add(usize::try_from(*length).ok()?));
        let Some(start) = all.and_then(|all| bytes.len().checked_sub(all)) else {
            return (bytes, Beside::default());
        };
        let mut rest = bytes.split_off(start).into_iter();
        let file = |(name, length): &(String, u64)| {
            (name.clone(), rest.by_ref().take(usize::try_from(*length).unwrap_or(0)).collect())
        };
        let beside = Beside::of(self.beside.iter().map(file));
        (bytes, beside)
    }
}

impl Answer {
    pub(super) fn of(read: Result<Imported, ImportError>) -> Self {
        read.map_or_else(Self::Failed, |imported| Self::Read(Shape::of(imported)))
    }
}

impl Shape {
    pub(super) fn of(imported: Imported) -> Self {
        let Imported { document, warnings, comments } = imported;
        Self { parts: document.into_parts(), warnings, comments }
    }

    pub(super) fn into_imported(self) -> Result<Imported, ImportError> {
        let Self { parts, warnings, comments } = self;
        let document = Document::new(parts)?;
        let stands = |comment: &Comment| comment.span.of(document.text()).is_some();
        let comments = comments.into_iter().filter(stands).collect();
        Ok(Imported { document, warnings, comments })
    }
}

/// The document in the first message of a process that reads; an error where it is none. Whatever such a process
/// says is checked here, so that one which a document took over can say nothing that hurts.
pub fn answer_in(mut said: &[u8]) -> Result<Imported, ImportError> {
    match unframed(&mut said, Bounds::default().answer) {
        Ok(Answer::Read(shape) | Answer::Beginning(shape)) => shape.into_imported(),
        Ok(Answer::Failed(error)) => Err(error),
        Ok(Answer::Progress { .. }) | Err(_) => {
            Err(ImportError::ReaderDied("it says nothing of a document".to_owned()))
        }
    }
}

/// What a process that reads says of what it has read: the first message for [`answer_in`].
///
/// Errors: it cannot be written; one sentence.
pub fn said_of(read: Result<Imported, ImportError>) -> Result<Vec<u8>, String> {
    framed(&Answer::of(read))
}

/// A message with its length before it.
pub(super) fn framed(message: &impl Serialize) -> Result<Vec<u8>, String> {
    let body = postcard::to_stdvec(message).map_err(|error| error.to_string())?;
    let length = body.len() as u64;
    let mut bytes = length.to_le_bytes().to_vec();
    bytes.extend(body);
    Ok(bytes)
}

/// Why there is no next message.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Silence {
    /// Nothing more is said, or nothing that is a message.
    Ended,
    /// It is longer than it may be.
    TooLong,
}

/// The next message of at most so many bytes.
pub(super) fn unframed<Message: DeserializeOwned>(
    from: &mut impl Read,
    most: u64,
) -> Result<Message, Silence> {
    let mut length = [0; 8];
    from.read_exact(&mut length).map_err(|_ended| Silence::Ended)?;
    let length = u64::from_le_bytes(length);
    if length > most {
        return Err(Silence::TooLong);
    }
    let mut body = Vec::new();
    from.take(length).read_to_end(&mut body).map_err(|_ended| Silence::Ended)?;
    let whole = body.len() as u64 == length;
    whole.then(|| postcard::from_bytes(&body).ok()).flatten().ok_or(Silence::Ended)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::{self, Limit};

    /// What comes out on the other side.
    fn sent(answer: &Answer) -> Answer {
        unframed(&mut framed(answer).unwrap().as_slice(), u64::MAX).unwrap()
    }

    #[test]
    fn a_document_arrives_as_it_was_sent() {
        let text = "# 約定\n\n先借書[^1]，後還書。\n\n- 早\n- 晚\n\n[^1]: 注。\n";
        let options = ReadOptions::default();
        let read = || import::read("a.md", text.into(), &options).unwrap();
        let Answer::Read(shape) = sent(&Answer::Read(Shape::of(read()))) else { panic!("another answer") };
        let (arrived, expected) = (shape.into_imported().unwrap(), read());
        assert_eq!(arrived.document.id(), expected.document.id());
        assert_eq!(arrived.document.blocks(), expected.document.blocks());
        assert_eq!(arrived.document.metadata(), expected.document.metadata());
        assert_eq!(arrived.document.origin(), expected.document.origin());
        assert_eq!(arrived.warnings, expected.warnings);
    }

    #[test]
    fn what_lies_beside_a_file_arrives_with_it() {
        let beside = Beside::of([("a.css".to_owned(), b"xyz".to_vec()), ("b.html".to_owned(), Vec::new())]);
        let options = ReadOptions { beside: beside.clone(), ..ReadOptions::default() };
        let asked = Request::to_read("頁.html", &options, Bounds::default());
        let bytes = asked.bytes(b"page".to_vec());
        let arrived: Request = unframed(&mut framed(&asked).unwrap().as_slice(), u64::MAX).unwrap();
        assert_eq!(arrived.parted(bytes.clone()), (b"page".to_vec(), beside));
        assert_eq!(arrived.parted(b"pa".to_vec()), (b"pa".to_vec(), Beside::default()));
    }

    #[test]
    fn errors_arrive_as_they_were_sent() {
        for error in [
            ImportError::NeedsPassword,
            ImportError::TooMuch(Limit::Ratio(400)),
            ImportError::UnknownEncoding("河".to_owned()),
        ] {
            let Answer::Failed(arrived) = sent(&Answer::Failed(error.clone())) else {
                panic!("another answer")
            };
            assert_eq!(arrived, error);
        }
    }

    #[test]
    fn what_is_said_of_a_file_is_taken() {
        let read = || import::read("a.txt", "河水。".into(), &ReadOptions::default());
        let taken = answer_in(&said_of(read()).unwrap()).unwrap();
        assert_eq!(taken.document.id(), read().unwrap().document.id());
        let said = said_of(Err(ImportError::NeedsPassword)).unwrap();
        assert_eq!(answer_in(&said).err(), Some(ImportError::NeedsPassword));
    }

    #[test]
    fn a_message_may_have_so_many_bytes_and_no_more() {
        let bytes = framed(&"河水").unwrap();
        let length = bytes.len() as u64 - 8;
        for (most, arrives) in [(length - 1, false), (length, true), (length + 1, true)] {
            assert_eq!(unframed::<String>(&mut bytes.as_slice(), most).is_ok(), arrives);
        }
        for cut in 0..bytes.len() {
            assert_eq!(unframed::<String>(&mut &bytes[..cut], u64::MAX), Err(Silence::Ended));
        }
    }

    #[test]
    fn parts_that_make_no_document_are_an_error() {
        let mut shape = Shape::of(import::read("a.txt", "河水。".into(), &ReadOptions::default()).unwrap());
        shape.parts.blocks.clear();
        let said = framed(&Answer::Read(shape)).unwrap();
        assert!(matches!(answer_in(&said), Err(ImportError::Inconsistent(_))));
        assert!(matches!(answer_in(&said[..said.len() - 1]), Err(ImportError::ReaderDied(_))));
    }
}
