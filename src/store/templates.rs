//! The reader's own templates of exports.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::{FileError, Home};
use crate::export::Template;

/// The longest template that is read, in bytes, and how many are read at most.
const LONGEST: u64 = 1024 * 1024;
const MOST: usize = 500;

/// The folder of the reader's own templates.
pub fn template_folder(home: &Home) -> PathBuf {
    home.config().join("templates")
}

/// The reader's own templates, in the order of their names: the files `<name>.<ending>.j2` of the folder. And what is
/// wrong with those that cannot be read, one sentence each.
pub fn own_templates(home: &Home) -> (Vec<Template>, Vec<String>) {
    let folder = template_folder(home);
    let Ok(entries) = fs::read_dir(&folder) else { return (Vec::new(), Vec::new()) };
    let mut names: Vec<String> =
        entries.flatten().filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.sort_unstable();
    names.truncate(MOST);
    let mut templates = Vec::new();
    let mut faults = Vec::new();
    for name in names.into_iter().filter(|name| Template::of_file(name, String::new()).is_some()) {
        match template_from(&folder.join(&name)) {
            Ok(template) => templates.extend(template),
            Err(error) => faults.push(error.to_string()),
        }
    }
    (templates, faults)
}

/// The template of a file; `None` where its name is not that of a template.
///
/// Errors: it cannot be read, is too long, or is not UTF-8.
pub fn template_from(path: &Path) -> Result<Option<Template>, FileError> {
    let failed = || FileError::while_doing("read the template", path);
    let file = fs::File::open(path).map_err(failed())?;
    let mut source = String::new();
    file.take(LONGEST + 1).read_to_string(&mut source).map_err(failed())?;
    if u64::try_from(source.len()).is_ok_and(|length| length > LONGEST) {
        return Err(failed()(std::io::Error::other("it is longer than 1 MB")));
    }
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let source = source.strip_prefix('\u{FEFF}').map(str::to_owned).unwrap_or(source);
    Ok(Template::of_file(&name, source))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_are_the_files_of_the_folder_by_their_names() {
        let folder = tempfile::tempdir().unwrap();
        let home = Home::within(folder.path());
        assert_eq!(own_templates(&home), (Vec::new(), Vec::new()));
        let own = template_folder(&home);
        fs::create_dir_all(&own).unwrap();
        for (name, bytes) in
            [("b.md.j2", "乙".as_bytes()), ("a.html.j2", b"a"), ("c.txt", b"c"), ("d.md.j2", b"\xff")]
        {
            fs::write(own.join(name), bytes).unwrap();
        }
        let (templates, faults) = own_templates(&home);
        let names: Vec<String> = templates.iter().map(Template::file).collect();
        assert_eq!(names, ["a.html.j2", "b.md.j2"]);
        assert!(faults.len() == 1 && faults[0].contains("d.md.j2"), "{faults:?}");
    }
}
