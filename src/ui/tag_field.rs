//! A field in which a tag is written: it proposes the tags that are known, in whatever script.

use egui::text::{CCursor, CCursorRange, LayoutJob};
use egui::text_edit::TextEditState;
use egui::{Button, Id, Key, Modifiers, Sense, Stroke, TextEdit, TextFormat, Ui, vec2};

use super::note_text::keep_escape;
use super::scene::{Scene, called, quiet};
use crate::notes::{KnownTags, Tag};
use crate::session::{CodebookCommand, Command, Gathering};

/// What the field remembers from one frame to the next.
#[derive(Default, Debug)]
pub(super) struct TagField {
    text: String,
    /// Which proposal Enter takes, from 1; 0 for what is written.
    chosen: usize,
    question: Option<Question>,
    /// Whether nothing is proposed until something is written again.
    closed: bool,
}

/// What was written is known in another script: which of the two is meant?
#[derive(Debug)]
struct Question {
    written: Tag,
    known: Tag,
    /// Whether the first answer is to have the keyboard.
    wants_focus: bool,
}

/// What the field is for.
pub(super) struct TagLook<'a> {
    /// Its identity.
    pub(super) id: Id,
    /// What it is called.
    pub(super) name: &'a str,
    /// How wide it is at most, in points.
    pub(super) width: f32,
    /// Whether what it offers stands above it: where the field is to keep its place at the bottom.
    pub(super) offers_above: bool,
    /// Tags that are not proposed.
    pub(super) had: &'a [Tag],
}

/// How many tags are proposed at once.
const PROPOSALS: usize = 6;

/// Draws the field. Answers with a tag once one is chosen; the field is empty then.
pub(super) fn tag_field_ui(
    ui: &mut Ui,
    scene: Scene,
    look: &TagLook<'_>,
    state: &mut TagField,
    asked: &mut Vec<Command>,
) -> Option<Tag> {
    let known = scene.session.known_tags();
    let proposed = state.proposals(&known, look.had);
    let entered = keys(ui, look.id, proposed.len(), state);
    let above = look.offers_above.then(|| offers_ui(ui, scene, &proposed, state)).flatten();
    if field_ui(ui, scene, look, state) && scene.session.gathering() == Gathering::Unasked {
        asked.push(Command::Codebook(CodebookCommand::CountTags));
    }
    let entered = entered.then(|| state.entered(&proposed, &known)).flatten();
    let below = (!look.offers_above).then(|| offers_ui(ui, scene, &proposed, state)).flatten();
    let taken = entered.or(above).or(below);
    if taken.is_some() {
        *state = TagField::default();
    }
    taken
}

impl TagField {
    /// Whether it asks which of two tags is meant.
    pub(super) fn is_asking(&self) -> bool {
        self.question.is_some()
    }

    fn proposals(&self, known: &KnownTags, had: &[Tag]) -> Vec<Tag> {
        if self.closed || self.text.trim().is_empty() {
            return Vec::new();
        }
        known.completions(self.text.trim(), had).into_iter().take(PROPOSALS).collect()
    }

    /// What Enter means. Words that are known in another script are asked about.
    fn entered(&mut self, proposed: &[Tag], known: &KnownTags) -> Option<Tag> {
        if let Some(tag) = self.chosen.checked_sub(1).and_then(|index| proposed.get(index)) {
            return Some(tag.clone());
        }
        let written = Tag::new(&self.text).ok()?;
        let Some(other) = known.otherwise(&written) else { return Some(written) };
        self.question = Some(Question { written, known: other, wants_focus: true });
        None
    }
}

/// The arrows choose a proposal; Escape takes a question back, then what is proposed, and then leaves the field, in
/// which all stays that was written. Answers whether Enter was pressed.
fn keys(ui: &Ui, id: Id, proposed: usize, state: &mut TagField) -> bool {
    if state.is_asking() && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
        state.question = None;
        choose_all(ui, id, state.text.chars().count());
        return false;
    }
    if !ui.memory(|memory| memory.has_focus(id)) {
        return false;
    }
    if ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
        state.chosen = 0;
        if std::mem::replace(&mut state.closed, true) || proposed == 0 {
            ui.memory_mut(|memory| memory.surrender_focus(id));
        }
        return false;
    }
    ui.input_mut(|input| {
        if input.consume_key(Modifiers::NONE, Key::ArrowDown) {
            state.chosen = (state.chosen + 1).min(proposed);
        }
        if input.consume_key(Modifiers::NONE, Key::ArrowUp) {
            state.chosen = state.chosen.saturating_sub(1);
        }
        input.consume_key(Modifiers::NONE, Key::Enter)
    })
}

/// Gives the field the keyboard with all of its text chosen: what is typed next takes its place.
fn choose_all(ui: &Ui, id: Id, length: usize) {
    let mut edit = TextEditState::load(ui.ctx(), id).unwrap_or_default();
    edit.cursor.set_char_range(Some(CCursorRange::two(CCursor::new(0), CCursor::new(length))));
    edit.store(ui.ctx(), id);
    ui.memory_mut(|memory| memory.request_focus(id));
}

/// The field itself. Answers whether it has the keyboard.
fn field_ui(ui: &mut Ui, scene: Scene, look: &TagLook<'_>, state: &mut TagField) -> bool {
    let edit = TextEdit::singleline(&mut state.text)
        .id(look.id)
        .hint_text(scene.words.tag_hint())
        .desired_width(look.width);
    let response = called(ui.add(edit), look.name);
    if response.changed() {
        (state.chosen, state.question, state.closed) = (0, None, false);
    }
    if response.has_focus() {
        keep_escape(ui, look.id);
    }
    response.has_focus()
}

/// What can be clicked: proposals, the answers to a question.
fn offers_ui(ui: &mut Ui, scene: Scene, proposed: &[Tag], state: &mut TagField) -> Option<Tag> {
    if !state.text.trim().is_empty() && Tag::new(&state.text).is_err() {
        quiet(ui, scene.words.not_a_tag());
    }
    let clicked = proposals_ui(ui, scene, proposed, state.chosen);
    clicked.or(question_ui(ui, scene, state))
}

/// Tags that hold what is written, to be clicked.
fn proposals_ui(ui: &mut Ui, scene: Scene, proposed: &[Tag], chosen: usize) -> Option<Tag> {
    let mut clicked = None;
    if proposed.is_empty() {
        return clicked;
    }
    ui.horizontal_wrapped(|ui| {
        for (index, tag) in proposed.iter().enumerate() {
            tag_dot(ui, scene, tag);
            let button = Button::new(format!("#{tag}")).small().selected(index + 1 == chosen);
            if ui.add(button).clicked() {
                clicked = Some(tag.clone());
            }
        }
    });
    clicked
}

/// Asks whether the same words in another script are the same tag.
fn question_ui(ui: &mut Ui, scene: Scene, state: &mut TagField) -> Option<Tag> {
    let question = state.question.as_mut()?;
    let words = scene.words;
    quiet(ui, words.tag_known_as(&question.known));
    let use_known = ui.button(words.use_known_tag(&question.known));
    if std::mem::take(&mut question.wants_focus) {
        use_known.request_focus();
    }
    let use_written = ui.button(words.use_written_tag(&question.written));
    let known = use_known.clicked().then(|| question.known.clone());
    known.or(use_written.clicked().then(|| question.written.clone()))
}

/// A dot in the colour of a tag; nothing where it has none.
pub(super) fn tag_dot(ui: &mut Ui, scene: Scene, tag: &Tag) {
    let Some(colour) = scene.session.codebook().colour(tag) else { return };
    let (rect, _) = ui.allocate_exact_size(vec2(10.0, ui.spacing().interact_size.y), Sense::hover());
    let edge = Stroke::new(1.0, scene.tokens.line);
    ui.painter().circle(rect.center(), 4.5, scene.tokens.highlight(colour), edge);
}

/// Writes tags at the end of a line of small text, each on the colour that it has in the codebook.
pub(super) fn append_tags(job: &mut LayoutJob, scene: Scene, tags: &[Tag], plain: &TextFormat) {
    for (index, tag) in tags.iter().enumerate() {
        if index > 0 {
            job.append("  ", 0.0, plain.clone());
        }
        let format = match scene.session.codebook().colour(tag) {
            Some(colour) => TextFormat {
                background: scene.tokens.highlight(colour),
                color: scene.tokens.text,
                ..plain.clone()
            },
            None => plain.clone(),
        };
        job.append(&format!("#{tag}"), 0.0, format);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tag(written: &str) -> Tag {
        Tag::new(written).unwrap()
    }

    #[test]
    fn what_is_known_in_another_script_is_asked_about() {
        let known = KnownTags::new([(tag("治理/數據"), 3), (tag("河"), 1)]);
        let check = |text: &str, chosen, expected: Option<&str>, asked: bool| {
            let mut field = TagField { text: text.to_owned(), chosen, ..TagField::default() };
            let proposed = field.proposals(&known, &[]);
            let entered = field.entered(&proposed, &known);
            assert_eq!((entered, field.question.is_some()), (expected.map(tag), asked), "{text}");
        };
        check("治理/数据", 0, None, true);
        check("治理/數據", 0, Some("治理/數據"), false);
        check("数", 1, Some("治理/數據"), false);
        check("数", 0, Some("数"), false);
        check("治理/", 0, None, false);
    }
}
