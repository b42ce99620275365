//! A text as shown in another script, with its pairing.
//!
//! OpenCC does the conversion; this file says which of its configurations serves which need, and adds
//! exact positions. It opens what was written by [`write_dictionaries`], and writes nothing else.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};

use opencc_rust::OpenCC;
use thiserror::Error;

use super::{Corrections, Form, Pairing, PairingBuilder, Script, Written, majority, saturate};
use configuration::Configuration;

mod configuration;
mod marks;

/// A text as shown in a script.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Shown {
    /// The text to show.
    pub text: String,
    /// Left: the source. Right: `text`.
    pub pairing: Pairing,
}

impl Shown {
    /// The text as it is.
    pub fn as_written(source: &str) -> Self {
        Self { text: source.to_owned(), pairing: Pairing::identity(source) }
    }
}

/// The configuration that shows a text written in `written`, which is Simplified or Traditional, in
/// `script`; `None` where it is shown as it is.
///
/// | Shown as | from Simplified | from Traditional |
/// |---|---|---|
/// | as written | as it is | as it is |
/// | 简体 | as it is | our `r2s` (`tw2t`, `hk2t`, `t2s`) |
/// | 简体 with words | as it is | our `r2sp` (`tw2sp`'s first step, `hk2t`, `t2s`) |
/// | 繁體, also with words | `s2t` | as it is |
/// | 臺灣 | `s2tw` | our `r2tw` (`hk2t`, `t2tw`) |
/// | 臺灣 with words | `s2twp` | our `r2twp` (`hk2t`, `s2twp`'s last step) |
/// | 香港 | `s2hk` | our `r2hk` (`tw2t`, `t2hk`) |
/// | 香港 with words | `s2hkp` | our `r2hkp` (`tw2t`, `s2hkp`'s last step) |
///
/// - A Traditional text may be of any region, and OpenCC has no configuration from that: `t2s` leaves 看著 and
///   衞星 alone, `tw2s` 衞星, `hk2s` 看著; `t2hk` leaves the 裡 of Taiwan, `t2tw` the 説 of Hong Kong. So ours first
///   bring the forms of other regions to OpenCC's standard. `tw2sp` gives words of Taiwan alone; `hk2sp` has
///   hardly others than names of persons, and both together would contradict each other.
/// - From Traditional to 繁體 nothing is changed: OpenCC's own standard (爲, 羣, 牀) is nobody's habit, and
///   exchanging for it what the author wrote would say nothing to a reader.
/// - A text that is mixed or undecided is taken block by block for what most of the block is; a block
///   without any sign is taken for Simplified, whose way also serves what both scripts share.
fn configuration(written: Written, script: Script) -> Option<Configuration> {
    use Configuration as By;
    let choice = |characters, words| Some(if script.regional_words { words } else { characters });
    if written == Written::Traditional {
        return match script.form {
            Form::AsWritten | Form::Traditional => None,
            Form::Simplified => choice(By::R2s, By::R2sp),
            Form::Taiwan => choice(By::R2tw, By::R2twp),
            Form::HongKong => choice(By::R2hk, By::R2hkp),
        };
    }
    match script.form {
        Form::AsWritten | Form::Simplified => None,
        Form::Traditional => Some(By::S2t),
        Form::Taiwan => choice(By::S2tw, By::S2twp),
        Form::HongKong => choice(By::S2hk, By::S2hkp),
    }
}

/// What a block is taken for: the document's script, or the block's own where that is not one.
fn taken_for(written: Written, source: &str) -> Written {
    match written {
        Written::Simplified | Written::Traditional => written,
        Written::Mixed | Written::Undecided => majority(source),
    }
}

/// OpenCC's configurations, each opened when first needed and kept open.
///
/// Opening one takes from 5 to 120 milliseconds, during which all conversion waits: see
/// [`Converters::prepare`].
pub struct Converters {
    folder: PathBuf,
    opening: Mutex<()>,
    plain: [OnceLock<OpenCC>; Configuration::ALL.len()],
    marked: [OnceLock<OpenCC>; Configuration::ALL.len()],
}

impl Converters {
    /// Converters by what [`write_dictionaries`] wrote into `dictionaries`. Opens nothing yet.
    pub fn new(dictionaries: PathBuf) -> Self {
        opencc_archive::link();
        Self {
            folder: dictionaries,
            opening: Mutex::default(),
            plain: Default::default(),
            marked: Default::default(),
        }
    }

    /// Whether all is open to show a text written in `written` in `script`. Never waits.
    pub fn is_ready(&self, written: Written, script: Script) -> bool {
        needed(written, script).all(|by| self.opened(by).iter().all(|open| open.get().is_some()))
    }

    /// Opens what it takes to show a text written in `written` in `script`: to be called away from the
    /// window. An error says which file OpenCC could not open.
    pub fn prepare(&self, written: Written, script: Script) -> Result<(), ConvertError> {
        needed(written, script).try_for_each(|by| {
            if by.marked().is_some() {
                self.marked(by)?;
            }
            if by.marked().is_none_or(|marked| !marked.text_follows) {
                self.plain(by)?;
            }
            Ok(())
        })
    }

    /// `source`, one block of a text written in `written`, as shown in `script`, the reader's own
    /// corrections made.
    ///
    /// Without corrections the text is that of [`Converters::reference`]. Every text can be shown; an
    /// error means that OpenCC could not be opened.
    pub fn show(
        &self,
        written: Written,
        script: Script,
        corrections: &Corrections,
        source: &str,
    ) -> Result<Shown, ConvertError> {
        let written = taken_for(written, source);
        let shown = self.show_alone(written, script, source)?;
        corrections.apply(script.form, source, shown, |rest| self.show_alone(written, script, rest))
    }

    /// `source` as shown in `script`, without corrections.
    fn show_alone(&self, written: Written, script: Script, source: &str) -> Result<Shown, ConvertError> {
        match configuration(taken_for(written, source), script) {
            None => Ok(Shown::as_written(source)),
            Some(by) => self.convert(by, source),
        }
    }

    /// What OpenCC makes of `source` by the plain configuration; what lies between NULs, which OpenCC refuses,
    /// is converted apart.
    pub fn reference(&self, written: Written, script: Script, source: &str) -> Result<String, ConvertError> {
        let Some(by) = configuration(taken_for(written, source), script) else {
            return Ok(source.to_owned());
        };
        let converter = self.plain(by)?;
        let parts: Result<Vec<String>, _> =
            source.split('\0').map(|part| convert_with(converter, by.plain_file(), part)).collect();
        Ok(parts?.join("\0"))
    }

    /// `source` by OpenCC's `t2s`: Traditional characters exchanged, all else kept.
    pub(super) fn to_simplified(&self, source: &str) -> Result<String, ConvertError> {
        Ok(self.convert(Configuration::T2s, source)?.text)
    }

    /// `source`, which is Simplified, by OpenCC's `s2t`.
    pub(super) fn to_traditional(&self, source: &str) -> Result<String, ConvertError> {
        Ok(self.convert(Configuration::S2t, source)?.text)
    }

    /// `source`, which is Traditional of any region, in the forms of one region.
    pub(super) fn to_one_region(&self, source: &str) -> Result<String, ConvertError> {
        Ok(self.convert(Configuration::R2tw, source)?.text)
    }

    /// Converts what lies between NULs, which end a text for OpenCC, and keeps those.
    fn convert(&self, by: Configuration, source: &str) -> Result<Shown, ConvertError> {
        let mut shown = Shown::default();
        let mut pairing = PairingBuilder::default();
        for part in source.split_inclusive('\0') {
            let converted = part.trim_end_matches('\0');
            let kept = part.get(converted.len()..).unwrap_or_default();
            let (text, part) = self.convert_part(by, converted)?;
            shown.text.extend([text.as_str(), kept]);
            pairing.append(&part);
            pairing.push_characters(kept, kept);
        }
        shown.pairing = pairing.finish();
        Ok(shown)
    }

    /// Marks in the source itself would be taken for ours: such a text is converted plainly, and paired as
    /// one stretch where the number of characters changes.
    fn convert_part(&self, by: Configuration, source: &str) -> Result<(String, Pairing), ConvertError> {
        let Some(marked) = by.marked().filter(|_| !source.contains(marks::is_mark)) else {
            let text = convert_with(self.plain(by)?, by.plain_file(), source)?;
            let pairing = paired_by_character(source, &text);
            return Ok((text, pairing));
        };
        let with_marks = convert_with(self.marked(by)?, marked.file, source)?;
        let text = if marked.text_follows {
            marks::without_marks(&with_marks)
        } else {
            convert_with(self.plain(by)?, by.plain_file(), source)?
        };
        let pairing = marks::pairing(source, &with_marks, &text);
        let pairing = pairing.unwrap_or_else(|| paired_as_one(source, &text));
        Ok((text, pairing))
    }

    /// The places of the converters that [`Converters::convert_part`] uses.
    fn opened(&self, by: Configuration) -> Vec<&OnceLock<OpenCC>> {
        let plain =
            by.marked().is_none_or(|marked| !marked.text_follows).then(|| self.plain.get(by as usize));
        let marked = by.marked().map(|_| self.marked.get(by as usize));
        [plain, marked].into_iter().flatten().flatten().collect()
    }

    fn plain(&self, by: Configuration) -> Result<&OpenCC, ConvertError> {
        self.open(&self.plain[by as usize], by.plain_file())
    }

    fn marked(&self, by: Configuration) -> Result<&OpenCC, ConvertError> {
        let file = by.marked().map_or(by.plain_file(), |marked| marked.file);
        self.open(&self.marked[by as usize], file)
    }

    fn open<'a>(&self, place: &'a OnceLock<OpenCC>, file: &str) -> Result<&'a OpenCC, ConvertError> {
        if let Some(open) = place.get() {
            return Ok(open);
        }
        let _one_at_a_time = self.opening.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(open) = place.get() {
            return Ok(open);
        }
        let path = self.folder.join(file);
        let open = OpenCC::new(&path).map_err(|error| ConvertError::at(&path, Trouble::OpenCc(error)))?;
        Ok(place.get_or_init(|| open))
    }
}

impl std::fmt::Debug for Converters {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Converters").field("folder", &self.folder).finish_non_exhaustive()
    }
}

/// The configurations that it may take: both where each block is judged for itself.
fn needed(written: Written, script: Script) -> impl Iterator<Item = Configuration> {
    let blocks = match written {
        Written::Simplified | Written::Traditional => [Some(written), None],
        Written::Mixed | Written::Undecided => [Some(Written::Simplified), Some(Written::Traditional)],
    };
    blocks.into_iter().flatten().filter_map(move |written| configuration(written, script))
}

fn convert_with(converter: &OpenCC, file: &str, source: &str) -> Result<String, ConvertError> {
    converter.convert(source).map_err(|error| ConvertError::at(Path::new(file), Trouble::OpenCc(error)))
}

fn paired_by_character(source: &str, text: &str) -> Pairing {
    if source.chars().count() == text.chars().count() {
        Pairing::of_characters(source, text)
    } else {
        paired_as_one(source, text)
    }
}

/// What is right whatever a dictionary does: all of the one for all of the other.
fn paired_as_one(source: &str, text: &str) -> Pairing {
    let mut builder = PairingBuilder::default();
    builder.push(saturate(source.len()), saturate(text.len()));
    builder.finish()
}

/// Writes OpenCC's dictionaries and configurations, some 15 MB, into `folder`, which has to exist.
///
/// What is there is kept and not looked at: use one folder for each version of the program, and one
/// writer. An error says which file could not be written or read.
pub fn write_dictionaries(folder: &Path) -> Result<(), ConvertError> {
    Configuration::ALL.into_iter().try_for_each(|configuration| configuration.write(folder))
}

/// Why a text could not be shown in another script.
#[derive(Debug, Error)]
#[error("the script could not be converted: {trouble}: {}", path.display())]
pub struct ConvertError {
    /// The file that was being written, read or opened.
    pub path: PathBuf,
    trouble: Trouble,
}

impl ConvertError {
    fn at(path: &Path, trouble: Trouble) -> Self {
        Self { path: path.to_owned(), trouble }
    }
}

#[derive(Debug, Error)]
enum Trouble {
    #[error("the dictionaries could not be written ({0})")]
    Dictionaries(&'static str),
    #[error("a configuration could not be written ({0})")]
    Write(io::Error),
    #[error("a configuration could not be read ({0})")]
    Read(io::Error),
    #[error("OpenCC could not use a configuration ({0})")]
    OpenCc(opencc_rust::OpenCCError),
}

#[cfg(test)]
pub(super) mod tests;
