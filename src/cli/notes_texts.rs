//! The texts that come with a project of another program, as documents of their own.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::output::Failure;
use crate::exchange::Parcel;
use crate::export::file_name_from_title;
use crate::store::replace;

/// Writes each text of the parcel into the folder, as a file called by its title. Answers which document of the
/// parcel is which file. A file that has the very text already is that document; any other is left alone.
pub(super) fn write_texts(parcel: &Parcel, folder: &Path) -> Result<BTreeMap<usize, PathBuf>, Failure> {
    fs::create_dir_all(folder).map_err(|error| told(&error, folder))?;
    let mut files = BTreeMap::new();
    for (index, document) in parcel.documents.iter().enumerate() {
        if let Some(text) = &document.text {
            files.insert(index, write_text(folder, &document.title, text)?);
        }
    }
    Ok(files)
}

fn write_text(folder: &Path, title: &str, text: &str) -> Result<PathBuf, Failure> {
    let stem = file_name_from_title(title.strip_suffix(".txt").unwrap_or(title));
    let numbered = (2_u32..).map(|number| format!("{stem} {number}.txt"));
    for name in std::iter::once(format!("{stem}.txt")).chain(numbered) {
        let path = folder.join(name);
        match fs::read(&path) {
            Ok(there) if there == text.as_bytes() => return Ok(path),
            Ok(_) => {}
            Err(error) if error.kind() == ErrorKind::NotFound => {
                let written = replace(&path, text.as_bytes());
                return written.map(|()| path).map_err(|error| Failure::told(&error.to_string()));
            }
            Err(error) => return Err(told(&error, &path)),
        }
    }
    Ok(folder.join(stem))
}

fn told(error: &std::io::Error, path: &Path) -> Failure {
    Failure::Told(format!("cannot write the texts: {error}: {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::ParcelDocument;

    #[test]
    fn each_text_is_a_file_of_its_own_and_no_other_is_touched() {
        let folder = tempfile::tempdir().unwrap();
        let document = |title: &str, text: Option<&str>| ParcelDocument {
            title: title.to_owned(),
            text: text.map(str::to_owned),
            ..ParcelDocument::default()
        };
        let texts = [("修河", Some("种树")), ("修河", Some("清淤")), ("无文", None), ("../a", Some("筑堤"))];
        let documents = texts.map(|(title, text)| document(title, text)).to_vec();
        let parcel = Parcel { documents, ..Parcel::default() };
        let written = write_texts(&parcel, folder.path()).ok().unwrap();
        let texts = written.values().map(|path| fs::read_to_string(path).unwrap());
        assert_eq!(texts.collect::<Vec<_>>(), ["种树", "清淤", "筑堤"]);
        assert!(written.values().all(|path| path.parent() == Some(folder.path())));
        assert_eq!(write_texts(&parcel, folder.path()).ok().unwrap(), written);
    }
}
