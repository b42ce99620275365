use super::testing::{PASSWORD, agile, container, standard};
use super::*;
use crate::import::testing::{check, pack};
use crate::import::{Imported, Limit, ReadOptions, Warning, read};

/// Some rounds, which are quickly done.
const FEW: u32 = 3;

fn docx(words: &str) -> Vec<u8> {
    let body = format!(
        "<w:document xmlns:w=\"w\"><w:body><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:body></w:document>"
    );
    pack(&[("word/document.xml", body)])
}

fn open(bytes: Vec<u8>, password: Option<&str>) -> Result<Imported, ImportError> {
    let password = password.map(Password::new);
    read("a", bytes, &ReadOptions { password, ..ReadOptions::default() })
}

#[test]
fn documents_are_opened_with_their_password_alone() {
    let file = docx("河水清清。");
    for locked in [agile(&file, FEW), standard(&file)] {
        assert_eq!(open(locked.clone(), None).err(), Some(ImportError::NeedsPassword));
        assert_eq!(open(locked.clone(), Some("河清")).err(), Some(ImportError::WrongPassword));
        let imported = open(locked, Some(PASSWORD)).unwrap();
        check(&imported.document, "¶ 河水清清。");
        assert_eq!((imported.warnings, imported.document.origin().format), (vec![], Format::Docx));
    }
}

#[test]
fn long_documents_are_decrypted_to_their_end() {
    // More than one segment, which is not packed smaller.
    let words: String = (0..20_000_u32).filter_map(|n| char::from_u32(0x4e00 + n * n % 20_011)).collect();
    let file = docx(&words);
    assert!(file.len() > 3 * 4096);
    for locked in [agile(&file, FEW), standard(&file)] {
        assert_eq!(open(locked, Some(PASSWORD)).unwrap().document.text().to_string(), words);
    }
}

#[test]
fn so_many_rounds_are_done_and_no_more() {
    let file = docx("河");
    let refused = |rounds: u32| open(agile(&file, rounds), None).err();
    let most = ImportError::TooMuch(Limit::Rounds(MOST_ROUNDS.into()));
    assert_eq!(refused(MOST_ROUNDS), Some(ImportError::NeedsPassword));
    assert_eq!([refused(MOST_ROUNDS + 1), refused(u32::MAX)], [Some(most.clone()), Some(most)]);
}

#[test]
fn other_files_with_a_password_say_what_they_are() {
    let sheet = pack(&[("xl/workbook.xml", String::new())]);
    let sheet = open(agile(&sheet, FEW), Some(PASSWORD)).err();
    assert_eq!(sheet, Some(ImportError::OtherKind(OtherKind::Spreadsheet)));
    let none = open(agile("河".as_bytes(), FEW), Some(PASSWORD)).err();
    assert!(matches!(none, Some(ImportError::Damaged(..))), "{none:?}");
    let unknown = ImportError::OtherKind(OtherKind::EncryptedOffice);
    for said in [&[3, 0, 3, 0, 0][..], &[], b"\x04\0\x04\0\x40\0\0\0<encryption/>", &[4, 0, 2, 0, 0]] {
        assert_eq!(open(container(said, &[0; 99]), Some(PASSWORD)).err(), Some(unknown.clone()), "{said:?}");
    }
}

#[test]
fn a_container_that_was_cut_off_gives_what_is_whole_or_says_so() {
    let words: String = (0..9_000_u32).filter_map(|n| char::from_u32(0x4e00 + n * n % 20_011)).collect();
    let file = agile(&docx(&words), FEW);
    for cut in (0..file.len()).step_by(97) {
        match open(file[..cut].to_vec(), Some(PASSWORD)) {
            // Nothing of the document may lie in what is missing.
            Ok(imported) if **imported.document.text() == words => {}
            Ok(imported) => assert!(imported.warnings.iter().any(Warning::is_of_damage), "cut at {cut}"),
            Err(error) => assert!(!matches!(error, ImportError::Inconsistent(_)), "cut at {cut}: {error}"),
        }
    }
}
