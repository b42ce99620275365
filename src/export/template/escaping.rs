//! What templates write becomes safe for the format that their file's ending names.

use minijinja::value::ValueKind;
use minijinja::{AutoEscape, Environment, Error, Output, State, Value};

use super::SUFFIX;
use crate::export::csv::neutral;
use crate::export::html::escape;
use crate::export::markdown::{one_line, quoted};
use crate::export::note_text::{LinkedNotes, note_as_html, note_as_markdown};
use crate::export::{clean, escape_markdown, file_name_from_title, on_one_line};

/// Makes safe what is filled in, and adds the filters of our own.
pub(super) fn install(environment: &mut Environment<'_>) {
    environment.set_auto_escape_callback(|file| of_ending(ending(file)));
    environment.set_formatter(write_safely);
    environment.add_filter("one_line", |text: &str| on_one_line(text));
    environment.add_filter("file_name", |text: &str| file_name_from_title(text));
    environment.add_filter("quoted", |text: &str| Value::from_safe_string(quoted(text)));
    environment.add_filter("yaml", |text: &str| Value::from_safe_string(yaml(text)));
    environment.add_filter("tag_name", |text: &str| Value::from_safe_string(tag_name(text)));
    environment.add_filter("formatted", formatted);
    environment.add_filter("markdown", |text: &str| Value::from_safe_string(escape_markdown(text)));
    environment.add_filter("html", |text: &str| Value::from_safe_string(escape(&clean(text))));
}

fn ending(file: &str) -> &str {
    file.strip_suffix(SUFFIX).unwrap_or(file).rsplit('.').next().unwrap_or_default()
}

fn of_ending(ending: &str) -> AutoEscape {
    match ending {
        "html" | "htm" => AutoEscape::Custom("html".into()),
        "xhtml" | "xml" | "svg" => AutoEscape::Custom("xml".into()),
        "md" | "markdown" => AutoEscape::Custom("markdown".into()),
        "csv" | "tsv" => AutoEscape::Custom("csv".into()),
        "tex" => AutoEscape::Custom("tex".into()),
        "json" => AutoEscape::Json,
        _ => AutoEscape::None,
    }
}

fn write_safely(output: &mut Output<'_>, state: &mut State<'_, '_>, value: &Value) -> Result<(), Error> {
    let AutoEscape::Custom(kind) = state.auto_escape() else {
        return minijinja::escape_formatter(output, state, value);
    };
    let is_plain = value.is_safe() || matches!(value.kind(), ValueKind::Number | ValueKind::Undefined);
    // Everywhere a number is a number; but a cell is always in quotation marks.
    let text = match (kind.as_ref(), value.to_string()) {
        (_, text) if is_plain => text,
        ("html", text) => escape(&text),
        // Of what it cannot express XML takes no reference either.
        ("xml", text) => escape(&clean(&text)),
        ("markdown", text) => one_line_or_more(&text),
        ("csv", text) => format!("\"{}\"", neutral(&text).replace('"', "\"\"")),
        ("tex", text) => tex(&text),
        (_, text) => text,
    };
    Ok(output.write_str(&text)?)
}

/// What the reader says, formatted for the file that is written; as it was typed where that knows no Markdown.
fn formatted(state: &State<'_, '_>, text: &str) -> Value {
    let text = text.trim();
    match state.auto_escape() {
        AutoEscape::Custom(kind) if kind == "html" => {
            Value::from_safe_string(note_as_html(text, &LinkedNotes::default()))
        }
        AutoEscape::Custom(kind) if kind == "xml" => {
            Value::from_safe_string(note_as_html(&clean(text), &LinkedNotes::default()))
        }
        AutoEscape::Custom(kind) if kind == "markdown" => {
            Value::from_safe_string(note_as_markdown(text, &LinkedNotes::default()).trim_end().to_owned())
        }
        _ => Value::from(text),
    }
}

/// Text without line breaks may stand in a heading or a cell, where white space at its ends means nothing.
fn one_line_or_more(text: &str) -> String {
    if text.contains('\n') { escape_markdown(text) } else { one_line(text) }
}

/// A string in quotation marks, as YAML and JSON have it. Everything that is not printable is given by its number.
fn yaml(text: &str) -> String {
    let mut output = "\"".to_owned();
    for character in text.chars() {
        match character {
            '"' | '\\' => output.extend(['\\', character]),
            '\n' => output.push_str("\\n"),
            '\t' => output.push_str("\\t"),
            '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{FEFF}' => output += &by_number(character),
            other if other.is_control() => output += &by_number(other),
            other => output.push(other),
        }
    }
    output + "\""
}

fn by_number(character: char) -> String {
    format!("\\u{:04X}", u32::from(character))
}

/// A tag as it stands in running text after `#`: letters, digits, `_`, `-` and `/`.
fn tag_name(text: &str) -> String {
    text.chars()
        .map(|each| if each.is_alphanumeric() || matches!(each, '_' | '-' | '/') { each } else { '_' })
        .collect()
}

/// Text for LaTeX.
fn tex(text: &str) -> String {
    let mut output = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\\' => output.push_str("\\textbackslash{}"),
            '^' => output.push_str("\\textasciicircum{}"),
            '~' => output.push_str("\\textasciitilde{}"),
            '{' | '}' | '$' | '&' | '#' | '_' | '%' => output.extend(['\\', character]),
            other if other.is_control() && !matches!(other, '\n' | '\t') => {}
            other => output.push(other),
        }
    }
    output
}
