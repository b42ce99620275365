//! Templates of exports: those that come with the program, and those that readers write themselves.
//!
//! The language is that of Jinja, by the crate minijinja. `assets/templates.md` describes for readers what a template
//! is given; [`values`] puts it together, and [`escaping`] makes safe what templates write.

mod escaping;
mod values;

use std::io::{self, Write};

use minijinja::{Environment, ErrorKind};

use super::Export;

/// A template, by the name of its file: `<name>.<ending>.j2`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Template {
    /// What it is called.
    pub name: String,
    /// The ending of the files that it makes, without the dot, in lower case. It decides how what is filled in
    /// becomes safe.
    pub ending: String,
    /// The template itself.
    pub source: String,
    /// Whether the reader wrote it; the others come with the program.
    pub own: bool,
}

/// Why a template could not be filled in: the file, the line where it is known, and the reason.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("the template {file}{}: {reason}", .line.map(|line| format!(", line {line}")).unwrap_or_default())]
pub struct TemplateError {
    /// The name of the file.
    pub file: String,
    /// Counted from 1.
    pub line: Option<usize>,
    /// What is wrong.
    pub reason: String,
}

/// What the file names of templates end with.
const SUFFIX: &str = ".j2";

impl Template {
    /// The templates that come with the program.
    pub fn included() -> Vec<Self> {
        let files = [
            ("vault.md.j2", include_str!("../../assets/templates/vault.md.j2")),
            ("table.html.j2", include_str!("../../assets/templates/table.html.j2")),
            ("reading-notes.md.j2", include_str!("../../assets/templates/reading-notes.md.j2")),
        ];
        let templates = files.into_iter().filter_map(|(file, source)| Self::of_file(file, source.to_owned()));
        templates.map(|template| Self { own: false, ..template }).collect()
    }

    /// The template of the reader's in a file of that name; `None` where it is not the name of a template.
    pub fn of_file(file: &str, source: String) -> Option<Self> {
        let (name, ending) = file.strip_suffix(SUFFIX)?.rsplit_once('.')?;
        let is_ending = !ending.is_empty() && ending.len() <= 10 && ending.chars().all(char::is_alphanumeric);
        let template = Self { name: name.to_owned(), ending: ending.to_lowercase(), source, own: true };
        Some(template).filter(|_| is_ending && !name.is_empty())
    }

    /// The name of its file.
    pub fn file(&self) -> String {
        format!("{}.{}{SUFFIX}", self.name, self.ending)
    }

    fn error(&self, line: Option<usize>, reason: impl Into<String>) -> TemplateError {
        TemplateError { file: self.file(), line, reason: reason.into() }
    }
}

/// The longest text that a template may make, in bytes.
const MOST: usize = 256 * 1024 * 1024;

/// The steps that every template may take, and those for each note more.
const STEPS: u64 = 2_000_000;
const STEPS_FOR_A_NOTE: u64 = 20_000;

/// The notes as the template writes them. It sees the `others` under the names of their files, and nothing else: no
/// file, no clock.
///
/// Errors: the template is not understood, or something in it cannot be done; it takes too many steps or makes too
/// long a text.
pub fn fill(template: &Template, others: &[Template], export: &Export) -> Result<String, TemplateError> {
    let mut environment = Environment::new();
    escaping::install(&mut environment);
    environment.set_fuel(Some(fuel(export)));
    // Of the others only those that can be understood are there to be used.
    for other in others.iter().filter(|other| other.file() != template.file()) {
        drop(environment.add_template_owned(other.file(), other.source.clone()));
    }
    environment
        .add_template_owned(template.file(), template.source.clone())
        .map_err(|error| explained(template, &error))?;
    let ready = environment.get_template(&template.file()).map_err(|error| explained(template, &error))?;
    let mut output = Limited { text: Vec::new(), most: MOST };
    let written = ready.render_captured_to(values::values(export), &mut output);
    written.map_err(|error| explained(template, &error))?;
    String::from_utf8(output.text).map_err(|error| template.error(None, error.to_string()))
}

fn fuel(export: &Export) -> u64 {
    let notes = u64::try_from(export.note_count()).unwrap_or(u64::MAX);
    STEPS.saturating_add(notes.saturating_mul(STEPS_FOR_A_NOTE))
}

fn explained(template: &Template, error: &minijinja::Error) -> TemplateError {
    let file = error.name().map_or_else(|| template.file(), str::to_owned);
    let reason = match (error.kind(), error.detail()) {
        (ErrorKind::OutOfFuel, _) => "it takes too many steps".to_owned(),
        (ErrorKind::WriteFailure, _) => "it makes too long a text".to_owned(),
        (kind, Some(detail)) => format!("{kind}: {detail}"),
        (kind, None) => kind.to_string(),
    };
    TemplateError { file, line: error.line(), reason }
}

/// Takes text until there is too much of it.
struct Limited {
    text: Vec<u8>,
    most: usize,
}

impl Write for Limited {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.text.len().saturating_add(bytes.len()) > self.most {
            return Err(io::ErrorKind::StorageFull.into());
        }
        self.text.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::export::sample::{answering, export_of, export_of_documents, quoting};
    use crate::notes::Tag;

    fn template(file: &str, source: &str) -> Template {
        Template::of_file(file, source.to_owned()).unwrap()
    }

    fn filled(file: &str, source: &str, export: &Export) -> Result<String, String> {
        fill(&template(file, source), &[], export).map_err(|error| error.to_string())
    }

    fn check(file: &str, source: &str, quote: &str, expected: &str) {
        assert_eq!(filled(file, source, &export_of([quoting(quote)])), Ok(expected.to_owned()));
    }

    #[test]
    fn files_are_templates_by_their_names() {
        let parts = |file| Template::of_file(file, String::new()).map(|each| (each.name, each.ending));
        assert_eq!(parts("读书.笔记.HTML.j2"), Some(("读书.笔记".to_owned(), "html".to_owned())));
        for file in ["a.j2", ".md.j2", "a.md", "a..j2", "a.m d.j2"] {
            assert_eq!(parts(file), None);
        }
    }

    #[test]
    fn what_is_filled_in_is_safe_where_it_stands() {
        let each = "{% for note in notes %}{{ note.quote }}{% endfor %}";
        check("a.html.j2", each, "<b>&", "&lt;b&gt;&amp;");
        check("a.md.j2", each, "# <b>*", "\\# \\<b\\>\\*");
        check("a.csv.j2", each, "=1+\"1\"", "\"'=1+\"\"1\"\"\"");
        check("a.tsv.j2", each, "=1+\"1\"", "\"'=1+\"\"1\"\"\"");
        check("a.json.j2", each, "\"<", "\"\\\"<\"");
        check("a.txt.j2", each, "<b>", "<b>");
        check(
            "a.md.j2",
            "{% for note in notes %}{{ note.quote | yaml }}{% endfor %}",
            "a\"\n: b",
            "\"a\\\"\\n: b\"",
        );
        check(
            "a.md.j2",
            "{% for note in notes %}{{ note.quote | quoted }}{% endfor %}",
            "一\n*二",
            "> 一\\\n> \\*二",
        );
        check("a.tex.j2", each, "100% & $\\x_", "100\\% \\& \\$\\textbackslash{}x\\_");
    }

    #[test]
    fn what_the_reader_says_comes_formatted() {
        let each = "{% for note in notes %}{{ note.text | formatted }}{% endfor %}";
        let export = export_of([quoting("水").saying("**好** <script>坏()</script>")]);
        assert_eq!(
            filled("a.html.j2", each, &export).unwrap(),
            "<p><strong>好</strong> <code>&lt;script&gt;</code>坏()<code>&lt;/script&gt;</code></p>\n"
        );
        assert!(filled("a.md.j2", each, &export).unwrap().starts_with("**好** `<script>`"));
        assert_eq!(filled("a.txt.j2", each, &export).unwrap(), "**好** <script>坏()</script>");
    }

    #[test]
    fn xml_has_only_what_xml_can_express() {
        let page = "<a b=\"{{ title }}\">{% for note in notes %}{{ note.quote }}{{ note.text | formatted }}{% endfor %}</a>";
        let export = export_of([quoting("\u{1}水<\u{FFFE}").saying("\u{1b}**好**")]);
        for ending in ["xml", "svg", "xhtml"] {
            let text = filled(&format!("a.{ending}.j2"), page, &export).unwrap();
            let read = roxmltree::Document::parse(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
            assert!(read.root_element().text().unwrap().contains("水<"));
        }
    }

    #[test]
    fn an_error_says_where_and_why() {
        let refused = |file, source| filled(file, source, &export_of([quoting("水")])).unwrap_err();
        let said = |source| refused("my.md.j2", source);
        assert!(said("一\n{% for %}").starts_with("the template my.md.j2, line 2: syntax error"));
        assert!(
            said("一\n二\n{{ title | nothing }}")
                .starts_with("the template my.md.j2, line 3: unknown filter")
        );
        assert!(
            said("{% include '/etc/hostname' %}")
                .starts_with("the template my.md.j2, line 1: template not found")
        );
        let endless = "{% for a in range(9999) %}{% for b in range(9999) %}{{ a }}{% endfor %}{% endfor %}";
        assert!(said(endless).ends_with("it takes too many steps"));
        let long = "{% set a = 'x' * 900000 %}{% for b in range(900) %}{{ a }}{% endfor %}";
        assert!(refused("my.txt.j2", long).ends_with("it makes too long a text"));
    }

    #[test]
    fn a_text_may_have_so_many_bytes_and_no_more() {
        for (bytes, refused) in [(4, false), (5, false), (6, true)] {
            let mut output = Limited { text: vec![b'x'; 2], most: 5 };
            assert_eq!(output.write_all(&vec![b'x'; bytes - 2]).is_err(), refused, "{bytes}");
        }
    }

    #[test]
    fn a_template_can_use_another() {
        let other = template("part.md.j2", "({{ note.quote }})");
        let whole = template("all.md.j2", "{% for note in notes %}{% include 'part.md.j2' %}{% endfor %}");
        assert_eq!(fill(&whole, &[other], &export_of([quoting("水")])), Ok("(水)".to_owned()));
    }

    #[test]
    fn the_included_templates_write_every_note() {
        let note = quoting("先种树").saying("好").under(&["上游"]).answered([answering("先清淤")]);
        let note = note.with(|note| note.tags = vec![Tag::new("水/河").unwrap()]);
        let one = export_of([note.clone(), quoting("")]);
        let several = export_of_documents([("修河倡议", vec![note]), ("修渠", vec![quoting("乙")])]);
        let included = Template::included();
        assert_eq!(included.len(), 3);
        for template in &included {
            for export in [&one, &several] {
                let text = fill(template, &included, export).unwrap();
                for words in ["修河倡议", "先种树", "先清淤", "好"] {
                    assert!(text.contains(words), "{} lacks {words}: {text}", template.file());
                }
            }
        }
    }

    #[test]
    fn the_vault_has_front_matter_and_nested_tags() {
        let note = quoting("先种树").with(|note| note.tags = vec![Tag::new("水/a b").unwrap()]);
        let export = export_of([note.under(&["上游"])]);
        let text = fill(&Template::included()[0], &[], &export).unwrap();
        let expected = "---\ntitle: \"修河倡议\"\nsource: \"河边小报\"\nexported: 1970-01-01\ntags:\n  - \"水/a_b\"\n---\n\n\
                        # 修河倡议\n\n## 上游\n\n> 先种树\n\n#水/a_b · green · 第二条 · Paragraph 5 · Page 12\n";
        assert_eq!(text, expected);
    }

    proptest! {
        #[test]
        fn any_template_ends_in_a_text_or_an_error(source in r"(\{\{|\}\}|\{%|%\}|for|in|notes|note|quote|\||'| |\.|x|[0-9]){0,20}") {
            drop(fill(&template("a.md.j2", &source), &[], &export_of([quoting("水")])));
        }
    }
}
