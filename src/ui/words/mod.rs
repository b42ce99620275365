//! Every text of the interface, in English, 简体 and 繁體 (in Taiwan's wording).
//!
//! One table for each matter. They are checked when the program is built: a word without all three languages, or with a
//! parameter that one of them does not have, does not compile; a word that nothing uses is reported.

use std::io::ErrorKind;

use crate::document::AsideReason;
use crate::import::{ImportError, OtherKind, Remedy};
use crate::session::{Language, OpenError};

/// The words of one language.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Words(Language);

impl Words {
    /// The words of a language.
    pub fn of(language: Language) -> Self {
        Self(language)
    }

    /// Which language it is.
    pub fn language(self) -> Language {
        self.0
    }
}

impl Words {
    /// Why a block was set aside.
    pub(crate) fn why_set_aside(self, reason: AsideReason) -> &'static str {
        match reason {
            AsideReason::Navigation => self.aside_navigation(),
            AsideReason::Record => self.aside_record(),
            AsideReason::RepeatedTitle => self.aside_repeated_title(),
            AsideReason::EditorLine => self.aside_editor_line(),
            AsideReason::LinkSpam => self.aside_link_spam(),
            AsideReason::PageFurniture => self.aside_page_furniture(),
            AsideReason::Hidden => self.aside_hidden(),
            AsideReason::Deleted => self.aside_deleted(),
        }
    }

    /// Why a document could not be opened.
    pub(crate) fn why_not_opened(self, error: &OpenError) -> String {
        match error {
            OpenError::Unreadable { kind, reason } => self.why_unreadable(*kind, reason),
            OpenError::NoSuchSample => self.no_such_sample().to_owned(),
            OpenError::HoldsNotes(format) => self.holds_notes(format.name()),
            OpenError::Import(error) => self.why_not_read(error),
        }
    }

    /// What the system says most often, in the words of the reader; of anything else, what it says itself.
    fn why_unreadable(self, kind: ErrorKind, reason: &str) -> String {
        match kind {
            ErrorKind::NotFound => self.file_not_there().to_owned(),
            ErrorKind::PermissionDenied => self.file_not_allowed().to_owned(),
            ErrorKind::IsADirectory => self.file_is_folder().to_owned(),
            ErrorKind::TimedOut | ErrorKind::HostUnreachable | ErrorKind::NetworkUnreachable => {
                self.file_drive_silent().to_owned()
            }
            _ => self.unreadable(reason),
        }
    }

    fn why_not_read(self, error: &ImportError) -> String {
        match error {
            ImportError::OtherKind(kind) => {
                self.other_kind(self.kind_of_file(*kind), self.remedy(kind.remedy()))
            }
            ImportError::Binary => self.binary().to_owned(),
            ImportError::TooLarge(bytes) => self.too_large(bytes),
            ImportError::UnknownEncoding(name) => self.unknown_encoding(name),
            ImportError::Damaged(_, reason) => self.damaged(reason),
            ImportError::CutOff(_) => self.file_cut_off().to_owned(),
            ImportError::TooMuch(limit) => self.asks_too_much(limit),
            ImportError::NeedsPassword => self.needs_password().to_owned(),
            ImportError::WrongPassword => self.wrong_password().to_owned(),
            ImportError::CopyProtected => self.copy_protected().to_owned(),
            ImportError::TookTooLong { seconds } => self.took_too_long(seconds),
            ImportError::NeedsTooMuchMemory { mebibytes } => self.needs_too_much_memory(mebibytes),
            ImportError::ReaderDied(how) => self.reader_died(how),
            ImportError::Cancelled => self.cancelled().to_owned(),
            ImportError::Inconsistent(fault) => self.taken_apart_wrongly(fault),
        }
    }

    fn kind_of_file(self, kind: OtherKind) -> &'static str {
        match kind {
            OtherKind::OldOffice => self.kind_old_office(),
            OtherKind::EncryptedOffice => self.kind_encrypted_office(),
            OtherKind::Spreadsheet => self.kind_spreadsheet(),
            OtherKind::Presentation => self.kind_presentation(),
            OtherKind::Zip => "ZIP",
            OtherKind::Archive => self.kind_archive(),
            OtherKind::Picture => self.kind_picture(),
            OtherKind::DjVu => "DjVu",
            OtherKind::Kindle => "Kindle",
            OtherKind::Help => "CHM",
            OtherKind::Ofd => "OFD",
            OtherKind::Caj => "CAJ",
            OtherKind::Program => self.kind_program(),
            OtherKind::Database => self.kind_database(),
        }
    }

    fn remedy(self, remedy: Remedy) -> &'static str {
        match remedy {
            Remedy::SaveAs => self.remedy_save_as(),
            Remedy::RemovePassword => self.remedy_remove_password(),
            Remedy::Unpack => self.remedy_unpack(),
            Remedy::Convert => self.remedy_convert(),
            Remedy::Print => self.remedy_print(),
            Remedy::OnlyText => self.remedy_only_text(),
        }
    }
}

/// The language of the system: `zh` by script or region, everything else is English.
pub(crate) fn language_of_the_system() -> Language {
    sys_locale::get_locales().find_map(|locale| language_of(&locale)).unwrap_or(Language::English)
}

/// The interface's language for a BCP 47 tag or POSIX name; `None` for a language it does not speak.
fn language_of(locale: &str) -> Option<Language> {
    let locale = locale.to_lowercase().replace('_', "-");
    let mut parts = locale.split(['-', '.', '@']);
    let traditional = ["hant", "tw", "hk", "mo"];
    match parts.next() {
        Some("zh" | "yue") if parts.clone().any(|part| part == "hans") => Some(Language::Simplified),
        Some("yue") => Some(Language::Traditional),
        Some("zh") if parts.any(|part| traditional.contains(&part)) => Some(Language::Traditional),
        Some("zh") => Some(Language::Simplified),
        Some("en") => Some(Language::English),
        _ => None,
    }
}

/// One method for each word; a word with parameters gives a `String`.
macro_rules! words {
    ($($name:ident $(($($parameter:ident),+))?: $english:literal, $simplified:literal, $traditional:literal;)*) => {
        impl $crate::ui::words::Words {
            $(words!(@word $name $(($($parameter),+))?: $english, $simplified, $traditional);)*
        }
    };
    (@word $name:ident: $english:literal, $simplified:literal, $traditional:literal) => {
        #[doc = $english]
        pub(crate) fn $name(self) -> &'static str {
            match self.0 {
                $crate::session::Language::English => $english,
                $crate::session::Language::Simplified => $simplified,
                $crate::session::Language::Traditional => $traditional,
            }
        }
    };
    (@word $name:ident($($parameter:ident),+): $english:literal, $simplified:literal, $traditional:literal) => {
        #[doc = $english]
        pub(crate) fn $name(self, $($parameter: impl std::fmt::Display),+) -> String {
            match self.0 {
                $crate::session::Language::English => format!($english),
                $crate::session::Language::Simplified => format!($simplified),
                $crate::session::Language::Traditional => format!($traditional),
            }
        }
    };
}

// After the macro: the tables are written with it.
mod comparison;
mod documents;
mod exchange;
mod notes;
mod window;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interface_follows_the_language_of_the_system() {
        let check = |locale: &str, expected| assert_eq!(language_of(locale), expected, "{locale}");
        check("zh-Hans-CN", Some(Language::Simplified));
        check("zh_SG.UTF-8", Some(Language::Simplified));
        check("zh-Hans-HK", Some(Language::Simplified));
        check("zh", Some(Language::Simplified));
        check("zh_TW.UTF-8", Some(Language::Traditional));
        check("zh-Hant", Some(Language::Traditional));
        check("zh-MO", Some(Language::Traditional));
        check("yue-HK", Some(Language::Traditional));
        check("en-GB", Some(Language::English));
        check("de-DE", None);
    }

    #[test]
    fn messages_hold_their_parameters_in_every_language() {
        for language in [Language::English, Language::Simplified, Language::Traditional] {
            let text = Words::of(language).hit_count(3, 27);
            assert!(text.contains('3') && text.contains("27"), "{text}");
        }
    }
}
