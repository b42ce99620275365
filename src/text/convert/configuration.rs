//! The configurations of OpenCC that are used, and what is written for it to open.

use std::path::Path;

use opencc_rust::{DefaultConfig, generate_static_dictionary};
use serde_json::{Map, Value, json};

use super::marks;
use super::{ConvertError, Trouble};

/// One way to convert, by OpenCC's own names: `s` Simplified, `t` Traditional in OpenCC's standard, `tw`
/// Taiwan, `hk` Hong Kong, and `p` at the end where words follow the region too.
///
/// Those from `r`, Traditional of any region, are our own: OpenCC only converts from a region that is
/// known. They are steps of OpenCC's own, put one after another.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Configuration {
    S2t,
    S2tw,
    S2twp,
    S2hk,
    S2hkp,
    T2s,
    R2s,
    R2sp,
    R2tw,
    R2twp,
    R2hk,
    R2hkp,
}

use Configuration::{R2hk, R2hkp, R2s, R2sp, R2tw, R2twp, S2hk, S2hkp, S2t, S2tw, S2twp, T2s};

impl Configuration {
    pub(super) const ALL: [Self; 12] =
        [S2t, S2tw, S2twp, S2hk, S2hkp, T2s, R2s, R2sp, R2tw, R2twp, R2hk, R2hkp];

    /// The file that gives the plain text.
    pub(super) fn plain_file(self) -> &'static str {
        match self {
            S2t => "s2t.json",
            S2tw => "s2tw.json",
            S2twp => "s2twp.json",
            S2hk => "s2hk.json",
            S2hkp => "s2hkp.json",
            T2s => "t2s.json",
            R2s => "duidu-r2s.json",
            R2sp => "duidu-r2sp.json",
            R2tw => "duidu-r2tw.json",
            R2twp => "duidu-r2twp.json",
            R2hk => "duidu-r2hk.json",
            R2hkp => "duidu-r2hkp.json",
        }
    }

    /// What OpenCC ships of it: the file itself, or those of which ours takes one step each.
    fn made_of(self) -> Made {
        use DefaultConfig as Of;
        match self {
            S2t => Made::Shipped(Of::S2T),
            S2tw => Made::Shipped(Of::S2TW),
            S2twp => Made::Shipped(Of::S2TWP),
            S2hk => Made::Shipped(Of::S2HK),
            S2hkp => Made::Shipped(Of::S2HKP),
            T2s => Made::Shipped(Of::T2S),
            R2s => Made::Chain(&[First(Of::TW2T), First(Of::HK2T), First(Of::T2S)]),
            R2sp => Made::Chain(&[First(Of::TW2SP), First(Of::HK2T), First(Of::T2S)]),
            R2tw => Made::Chain(&[First(Of::HK2T), First(Of::T2TW)]),
            R2twp => Made::Chain(&[First(Of::HK2T), Last(Of::S2TWP)]),
            R2hk => Made::Chain(&[First(Of::TW2T), First(Of::T2HK)]),
            R2hkp => Made::Chain(&[First(Of::TW2T), Last(Of::S2HKP)]),
        }
    }

    /// Where some entries change the number of characters: how to have them marked.
    pub(super) fn marked(self) -> Option<Marked> {
        let to_taiwan = ("TWPhrases.ocd2", include_str!("../../../assets/opencc/TWPhrases.tsv"));
        let to_hong_kong = ("HKPhrases.ocd2", include_str!("../../../assets/opencc/HKPhrases.tsv"));
        let from_taiwan = ("TWPhrasesRev.ocd2", include_str!("../../../assets/opencc/TWPhrasesRev.tsv"));
        let (file, (dictionary, entries), text_follows) = match self {
            S2twp => ("duidu-marked-s2twp.json", to_taiwan, true),
            R2twp => ("duidu-marked-r2twp.json", to_taiwan, true),
            S2hkp => ("duidu-marked-s2hkp.json", to_hong_kong, true),
            R2hkp => ("duidu-marked-r2hkp.json", to_hong_kong, true),
            // Here Simplified characters are chosen after the words, and a mark can part a phrase.
            R2sp => ("duidu-marked-r2sp.json", from_taiwan, false),
            S2t | S2tw | S2hk | T2s | R2s | R2tw | R2hk => return None,
        };
        Some(Marked { file, dictionary, entries, text_follows })
    }

    /// Writes its files and dictionaries into `folder`. What OpenCC ships is never overwritten.
    pub(super) fn write(self, folder: &Path) -> Result<(), ConvertError> {
        let plain = match self.made_of() {
            Made::Shipped(file) => shipped(folder, file)?,
            Made::Chain(steps) => {
                let chain = chain_of(folder, steps)?;
                write_json(&folder.join(self.plain_file()), &chain)?;
                chain
            }
        };
        match self.marked() {
            Some(marked) => write_json(&folder.join(marked.file), &marked.configuration(&plain)),
            None => Ok(()),
        }
    }
}

/// Of what a configuration is made.
enum Made {
    /// It is one of OpenCC's.
    Shipped(DefaultConfig),
    /// It is ours, of these steps.
    Chain(&'static [Step]),
}

/// One step of a configuration of OpenCC's.
#[derive(Clone, Copy)]
enum Step {
    First(DefaultConfig),
    Last(DefaultConfig),
}

use Step::{First, Last};

impl Step {
    /// The step itself, and the file that it comes from.
    fn read(self, folder: &Path) -> Result<(Value, Value), ConvertError> {
        let (First(file) | Last(file)) = self;
        let file = shipped(folder, file)?;
        let steps = file.get("conversion_chain").and_then(Value::as_array);
        let step = match self {
            First(_) => steps.and_then(|steps| steps.first()),
            Last(_) => steps.and_then(|steps| steps.last()),
        };
        Ok((step.cloned().unwrap_or_default(), file))
    }
}

/// A configuration of `steps`, one after another, which normalises as OpenCC's own do.
fn chain_of(folder: &Path, steps: &[Step]) -> Result<Value, ConvertError> {
    let read = steps.iter().map(|step| step.read(folder)).collect::<Result<Vec<_>, _>>()?;
    let normalization = read.first().and_then(|(_, file)| file.get("normalization")).cloned();
    let steps: Vec<Value> = read.into_iter().map(|(step, _)| step).collect();
    Ok(json!({
        "name": "Duidu",
        "normalization": normalization.unwrap_or_else(|| json!([])),
        "conversion_chain": steps,
    }))
}

/// A configuration that OpenCC ships, written into `folder` with its dictionaries.
fn shipped(folder: &Path, file: DefaultConfig) -> Result<Value, ConvertError> {
    let path = folder.join(file.get_file_name());
    generate_static_dictionary(folder, file)
        .map_err(|error| ConvertError::at(&path, Trouble::Dictionaries(error)))?;
    read_json(&path)
}

/// How to have OpenCC mark the entries of a dictionary that change the number of characters.
#[derive(Clone, Copy, Debug)]
pub(super) struct Marked {
    /// The file of the configuration that marks.
    pub(super) file: &'static str,
    /// The dictionary in question.
    dictionary: &'static str,
    /// Those of its entries that change the number of characters: key, tab, value.
    pub(super) entries: &'static str,
    /// Whether the text between the marks is surely OpenCC's plain text, nothing being converted after it.
    pub(super) text_follows: bool,
}

impl Marked {
    /// `plain` with the dictionary behind a small one that gives the same values between marks.
    fn configuration(&self, plain: &Value) -> Value {
        let leaf = json!({ "type": "ocd2", "file": self.dictionary });
        let entries: Map<String, Value> =
            marks::entries(self.entries).map(|(key, value)| (key, Value::String(value))).collect();
        // The longest match of both is taken, and of equally long ones the first.
        let both = json!({
            "type": "group",
            "match_policy": "union",
            "dicts": [{ "type": "inline", "entries": entries }, leaf.clone()],
        });
        replaced(plain, &leaf, &both)
    }
}

/// `value` with `new` for every `old` in it.
fn replaced(value: &Value, old: &Value, new: &Value) -> Value {
    match value {
        value if value == old => new.clone(),
        Value::Array(parts) => parts.iter().map(|part| replaced(part, old, new)).collect(),
        Value::Object(parts) => {
            parts.iter().map(|(name, part)| (name.clone(), replaced(part, old, new))).collect()
        }
        other => other.clone(),
    }
}

fn read_json(path: &Path) -> Result<Value, ConvertError> {
    let text = std::fs::read(path).map_err(|error| ConvertError::at(path, Trouble::Read(error)))?;
    serde_json::from_slice(&text).map_err(|error| ConvertError::at(path, Trouble::Read(error.into())))
}

fn write_json(path: &Path, value: &Value) -> Result<(), ConvertError> {
    std::fs::write(path, value.to_string()).map_err(|error| ConvertError::at(path, Trouble::Write(error)))
}
