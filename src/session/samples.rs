//! The sample library: documents written for this project, so that a new reader sees every feature.

/// One built-in document.
#[derive(Clone, Copy, Debug)]
pub struct Sample {
    /// Its file name.
    pub name: &'static str,
    /// Its file.
    pub bytes: &'static [u8],
}

macro_rules! samples {
    ($($name:literal),* $(,)?) => {
        /// Every built-in document, in the order in which they are opened.
        pub const SAMPLES: &[Sample] =
            &[$(Sample { name: $name, bytes: include_bytes!(concat!("../../assets/samples/", $name)) }),*];
    };
}

samples!(
    "rural-reading-initiative.zh-Hans.txt",
    "village-reading-initiative.zh-Hant-TW.txt",
    "river-repair-declaration.zh-Hant-HK.md",
    "river-repair-notice.zh-Hans.html",
    "classic-note.big5.txt",
);

impl Sample {
    /// The sample of that file name.
    pub fn named(name: &str) -> Option<Self> {
        SAMPLES.iter().find(|sample| sample.name == name).copied()
    }
}
