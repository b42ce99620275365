//! Runs the content of a page for its text: the operators that set, place and show text, and those that say
//! what the text is. Colours, lines and pictures are passed over.

use std::collections::HashSet;
use std::rc::Rc;

use hayro_font::kurbo::Affine;
use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction as Op;
use hayro_syntax::object::{
    Array, Dict, Name, Number, Object, ObjectIdentifier, Stream, String as PdfString,
};
use hayro_syntax::page::{Page, Resources};

use super::fields::Field;
use super::font::{Coded, Face, Fonts};
use super::glyph::{DrawnPage, Glyph, Look, Standing, Turn};
use super::limits::Limits;
use super::path::{self, Path};
use super::strings;
use super::tags::{Tag, Tags};
use crate::import::Limit;

/// How deep forms may stand inside each other.
pub(super) const DEEPEST_FORM: u32 = 16;
/// How many states of the page may be kept at a time.
pub(super) const MOST_STATES: usize = 512;

/// Runs one page, and then its `fields` with what these use that bring nothing of their own. `layers_off` are the
/// layers that the file switches off.
pub(super) fn draw<'a>(
    page: &Page<'a>,
    (fields, around): (&[Field<'a>], Option<&Resources<'a>>),
    fonts: &mut Fonts<'a>,
    tags: &mut Tags,
    layers_off: &HashSet<ObjectIdentifier>,
    limits: Limits,
) -> DrawnPage {
    let (width, height) = page.render_dimensions();
    let upright = Affine::new(page.initial_transform(true).as_coeffs());
    let drawn = DrawnPage { width, height, ..DrawnPage::default() };
    let mut runner = Runner {
        fonts,
        tags,
        layers_off,
        owner: page.raw().obj_id(),
        drawn,
        state: State { matrix: upright, ..State::default() },
        kept: Vec::new(),
        marks: Vec::new(),
        path: Path::default(),
        operators: 0,
        limits,
    };
    runner.run(page.typed_operations(), page.resources(), 0);
    for field in fields {
        runner.show_field(field, around.unwrap_or(page.resources()), upright);
    }
    runner.drawn.gaps.content |= is_torn(page);
    runner.drawn
}

/// Whether some of a page's own content cannot be unpacked.
fn is_torn(page: &Page<'_>) -> bool {
    let fails = |part: Stream<'_>| part.decoded_data().is_err();
    match page.raw().get::<Array<'_>>("Contents") {
        Some(parts) => parts.iter::<Stream<'_>>().any(fails),
        None => page.page_stream().is_none() && page.raw().get::<Stream<'_>>("Contents").is_some(),
    }
}

struct Runner<'run, 'a> {
    fonts: &'run mut Fonts<'a>,
    tags: &'run mut Tags,
    /// The page or the form whose numbers stretches have.
    owner: Option<ObjectIdentifier>,
    layers_off: &'run HashSet<ObjectIdentifier>,
    drawn: DrawnPage,
    state: State<'a>,
    kept: Vec<State<'a>>,
    marks: Vec<Mark>,
    path: Path,
    operators: u64,
    limits: Limits,
}

/// The state of the page that text depends on.
#[derive(Clone, Default)]
struct State<'a> {
    /// From the space of the user to the page.
    matrix: Affine,
    /// Where the next glyph stands, and where the line began.
    text: Affine,
    line: Affine,
    face: Option<Rc<Face<'a>>>,
    size: f64,
    character_space: f64,
    word_space: f64,
    /// Horizontal scaling less 1.
    stretch: f64,
    leading: f64,
    rise: f64,
    /// Whether what is filled shows nothing.
    fills_white: bool,
}

/// A stretch that the file marks.
#[derive(Default)]
struct Mark {
    standing: Standing,
    /// Where it belongs by the tags of the file.
    tag: Option<Tag>,
    /// What the stretch says in place of its glyphs; `Some("")` once it was said.
    says: Option<Rc<str>>,
}

impl<'a> Runner<'_, 'a> {
    fn run(&mut self, mut operators: TypedIter<'_>, resources: &Resources<'a>, depth: u32) {
        let (kept, marks) = (self.kept.len(), self.marks.len());
        while let Some(operator) = operators.next() {
            self.operators += 1;
            if self.operators > self.limits.operators {
                self.pass(self.limits.operators);
            }
            if self.drawn.gaps.beyond.is_some() {
                break;
            }
            match operator {
                Op::SaveState(_) => self.keep_state(),
                Op::RestoreState(_) if self.kept.len() > kept => self.restore_state(),
                Op::Transform(by) => self.state.matrix *= matrix([by.0, by.1, by.2, by.3, by.4, by.5]),
                Op::TextFont(font) => self.set_font(resources, font.0, font.1),
                Op::XObject(named) => self.show_named(resources, named.0, depth),
                Op::InlineImage(_) => self.drawn.pictures += 1,
                Op::BeginMarkedContent(mark) => self.begin_mark(mark.0, None, None),
                Op::BeginMarkedContentWithProperties(mark) => self.begin_described(resources, mark.0, mark.1),
                Op::EndMarkedContent(_) if self.marks.len() > marks => {
                    self.marks.pop();
                }
                other => self.other_operator(other),
            }
        }
        self.marks.truncate(marks);
        while self.kept.len() > kept {
            self.restore_state();
        }
    }

    /// The page passes a limit: nothing more of it is read.
    fn pass(&mut self, most: u64) {
        self.drawn.gaps.beyond.get_or_insert(Limit::Parts(most));
    }

    /// How many more glyphs the page may show.
    fn room(&self) -> usize {
        self.limits.page_glyphs.saturating_sub(self.drawn.glyphs.len())
    }

    fn other_operator(&mut self, operator: Op<'_, '_>) {
        match operator {
            Op::RectPath(_) | Op::MoveTo(_) | Op::LineTo(_) => self.path.add(&operator, self.state.matrix),
            Op::StrokePath(_)
            | Op::CloseAndStrokePath(_)
            | Op::FillAndStrokeNonZero(_)
            | Op::FillAndStrokeEvenOdd(_)
            | Op::CloseFillAndStrokeNonZero(_)
            | Op::CloseFillAndStrokeEvenOdd(_) => self.draw_path(true),
            Op::FillPathNonZero(_) | Op::FillPathNonZeroCompatibility(_) | Op::FillPathEvenOdd(_) => {
                self.draw_path(false);
            }
            Op::EndPath(_) => self.path.clear(),
            other => match path::fills_white(&other) {
                Some(white) => self.state.fills_white = white,
                None => self.text_operator(other),
            },
        }
    }

    fn draw_path(&mut self, edges: bool) {
        let drawn = (&mut self.drawn.rules, &mut self.drawn.grounds);
        self.path.draw(edges, self.state.fills_white, drawn);
    }

    fn text_operator(&mut self, operator: Op<'_, '_>) {
        let state = &mut self.state;
        match operator {
            Op::BeginText(_) => (state.text, state.line) = (Affine::IDENTITY, Affine::IDENTITY),
            Op::CharacterSpacing(by) => state.character_space = by.0.as_f64(),
            Op::WordSpacing(by) => state.word_space = by.0.as_f64(),
            Op::HorizontalScaling(by) => state.stretch = by.0.as_f64() / 100.0 - 1.0,
            Op::TextLeading(by) => state.leading = by.0.as_f64(),
            Op::TextRise(by) => state.rise = by.0.as_f64(),
            Op::SetTextMatrix(to) => state.set_line(matrix([to.0, to.1, to.2, to.3, to.4, to.5])),
            Op::NextLine(by) => state.next_line(by.0.as_f64(), by.1.as_f64()),
            Op::NextLineAndSetLeading(by) => {
                state.leading = -by.1.as_f64();
                state.next_line(by.0.as_f64(), by.1.as_f64());
            }
            Op::NextLineUsingLeading(_) => state.next_line(0.0, -state.leading),
            Op::ShowText(text) => self.show(text.0),
            Op::ShowTexts(texts) => self.show_all(texts.0),
            Op::NextLineAndShowText(text) => {
                state.next_line(0.0, -state.leading);
                self.show(text.0);
            }
            Op::ShowTextWithParameters(text) => {
                (state.word_space, state.character_space) = (text.0.as_f64(), text.1.as_f64());
                state.next_line(0.0, -state.leading);
                self.show(text.2);
            }
            _ => {}
        }
    }

    fn keep_state(&mut self) {
        if self.kept.len() < MOST_STATES {
            self.kept.push(self.state.clone());
        }
    }

    fn restore_state(&mut self) {
        if let Some(state) = self.kept.pop() {
            self.state = state;
        }
    }

    fn set_font(&mut self, resources: &Resources<'a>, name: &Name<'_>, size: Number) {
        self.state.face = self.fonts.named(resources, name);
        self.state.size = size.as_f64();
    }

    // ---- Forms and pictures -----------------------------------------------------------------------------

    fn show_named(&mut self, resources: &Resources<'a>, name: &Name<'_>, depth: u32) {
        let Some(stream) = resources.get_x_object(name) else { return };
        match stream.dict().get::<Name<'_>>("Subtype").as_deref() {
            Some(b"Image") => self.drawn.pictures += 1,
            _ if depth < DEEPEST_FORM => self.show_form(&stream, resources, depth),
            _ => self.drawn.gaps.content = true,
        }
    }

    fn show_form(&mut self, form: &Stream<'a>, around: &Resources<'a>, depth: u32) {
        let Ok(content) = form.decoded_data() else {
            self.drawn.gaps.content = true;
            return;
        };
        let own = form.dict().get::<Dict<'a>>("Resources").map(Resources::new);
        let matrix = form.dict().get::<[f64; 6]>("Matrix").map_or(Affine::IDENTITY, Affine::new);
        let (outer, owner) = (self.state.clone(), self.owner);
        self.state.matrix *= matrix;
        if form.dict().contains_key("StructParents") {
            self.owner = Some(form.obj_id());
        }
        let layer = form.dict().get_ref("OC").map(ObjectIdentifier::from);
        let is_off = self.is_off(layer, form.dict().get::<Dict<'_>>("OC").as_ref());
        let standing = if is_off { Standing::Hidden } else { Standing::Text };
        self.marks.push(Mark { standing, ..Mark::default() });
        self.run(TypedIter::new(&content), own.as_ref().unwrap_or(around), depth + 1);
        self.marks.pop();
        (self.state, self.owner) = (outer, owner);
    }

    /// Shows a field of a form.
    fn show_field(&mut self, field: &Field<'a>, around: &Resources<'a>, upright: Affine) {
        let before = self.drawn.glyphs.len();
        let tag = field.object.and_then(|field| self.tags.of_object(field));
        self.marks.push(Mark { standing: field.standing, tag, says: None });
        if let Some(form) = &field.appearance {
            self.state = State { matrix: upright * field.fitting(form.dict()), ..State::default() };
            self.show_form(form, around, 0);
        }
        self.marks.pop();
        let drawn = self.drawn.glyphs.get(before..).unwrap_or_default();
        let words = field.words_instead_of(drawn, upright);
        if !words.is_empty() {
            self.drawn.glyphs.truncate(before);
        }
        let room = self.room();
        if words.len() > room {
            self.pass(self.limits.page_glyphs as u64);
        }
        let tagged = |glyph: Glyph| Glyph { look: Look { tag, ..glyph.look }, ..glyph };
        self.drawn.glyphs.extend(words.into_iter().map(tagged).take(room));
    }

    // ---- Marked stretches -------------------------------------------------------------------------------

    fn begin_described(&mut self, resources: &Resources<'a>, tag: &Name<'_>, properties: &Object<'_>) {
        match properties {
            Object::Name(name) => {
                let name = name.as_ref() as &[u8];
                let layer = resources.properties.get_ref(name).map(ObjectIdentifier::from);
                self.begin_mark(tag, resources.properties.get::<Dict<'a>>(name).as_ref(), layer);
            }
            Object::Dict(inline) => self.begin_mark(tag, Some(inline), None),
            _ => self.begin_mark(tag, None, None),
        }
    }

    fn begin_mark(&mut self, tag: &[u8], properties: Option<&Dict<'_>>, layer: Option<ObjectIdentifier>) {
        let says = properties.and_then(|properties| properties.get::<PdfString<'_>>("ActualText"));
        let standing = match tag {
            b"Artifact" => Standing::Artifact,
            b"OC" if self.is_off(layer, properties) => Standing::Hidden,
            _ => Standing::Text,
        };
        let says = says.map(|text| Rc::from(strings::text(text.as_bytes())));
        let stretch = self.owner.zip(properties.and_then(|properties| properties.get::<i32>("MCID")));
        let tagged = stretch.and_then(|(owner, number)| self.tags.of_stretch(owner, number));
        let (tag, instead) = tagged.map_or((None, None), |(tag, instead)| (Some(tag), instead));
        self.marks.push(Mark { standing, tag, says: instead.or(says) });
    }

    /// Whether a layer is off, or by the layers that it names, what depends on several.
    fn is_off(&self, layer: Option<ObjectIdentifier>, said: Option<&Dict<'_>>) -> bool {
        let off = |layer: ObjectIdentifier| self.layers_off.contains(&layer);
        let depends =
            said.filter(|said| said.get::<Name<'_>>("Type").is_some_and(|kind| kind.as_str() == "OCMD"));
        let Some(said) = depends else { return layer.is_some_and(off) };
        let layers: Vec<ObjectIdentifier> = match said.get::<Array<'_>>("OCGs") {
            Some(several) => several.raw_iter().filter_map(|one| one.as_obj_ref()).map(Into::into).collect(),
            None => said.get_ref("OCGs").map(Into::into).into_iter().collect(),
        };
        let (some_off, some_on) =
            (layers.iter().any(|layer| off(*layer)), layers.iter().any(|layer| !off(*layer)));
        let shown = match said.get::<Name<'_>>("P").as_ref().map(Name::as_str) {
            _ if layers.is_empty() => true,
            Some("AllOn") => !some_off,
            Some("AnyOff") => some_off,
            Some("AllOff") => !some_on,
            _ => some_on,
        };
        !shown
    }

    /// What the glyph now shown says: what an open mark says in its place, or its own text.
    fn said(&mut self, own: Rc<str>) -> Rc<str> {
        match self.marks.iter_mut().find_map(|mark| mark.says.as_mut()) {
            // The first glyph says all of it, the others nothing.
            Some(says) => std::mem::replace(says, Rc::from("")),
            None => own,
        }
    }

    // ---- Text -------------------------------------------------------------------------------------------

    fn show_all(&mut self, texts: &Array<'_>) {
        for part in texts.iter::<Object<'_>>() {
            match part {
                Object::Number(back) => self.state.move_back(back.as_f64()),
                Object::String(text) => self.show(&text),
                _ => {}
            }
        }
    }

    fn show(&mut self, text: &PdfString<'_>) {
        let Some(face) = self.state.face.clone() else {
            self.drawn.gaps.text |= !text.as_bytes().is_empty();
            return;
        };
        for coded in face.codes(text.as_bytes()) {
            self.show_one(&face, &coded);
            self.state.advance(&face, &coded);
        }
    }

    fn show_one(&mut self, face: &Face<'_>, coded: &Coded) {
        let text = self.said(Rc::clone(&coded.text));
        if text.is_empty() {
            return;
        }
        if self.room() == 0 {
            return self.pass(self.limits.page_glyphs as u64);
        }
        let standing = self.marks.iter().map(|mark| mark.standing).max().unwrap_or_default();
        let tag = self.marks.iter().rev().find_map(|mark| mark.tag);
        let look = Look {
            bold: face.bold,
            fixed: face.fixed,
            face: face.number,
            vertical: face.vertical,
            standing,
            tag: tag.filter(|_| standing == Standing::Text),
            link: None,
            remarks: None,
        };
        self.drawn.glyphs.extend(self.state.glyph(text, face, coded.advance, look));
    }
}

impl State<'_> {
    fn set_line(&mut self, to: Affine) {
        (self.text, self.line) = (to, to);
    }

    fn next_line(&mut self, x: f64, y: f64) {
        self.set_line(self.line * Affine::translate((x, y)));
    }

    /// Moves back along the line by thousandths of an em.
    fn move_back(&mut self, thousandths: f64) {
        let vertical = self.face.as_ref().is_some_and(|face| face.vertical);
        let by = -thousandths / 1000.0 * self.size;
        self.move_along(vertical, if vertical { by } else { by * (1.0 + self.stretch) });
    }

    fn advance(&mut self, face: &Face<'_>, coded: &Coded) {
        let spaces = self.character_space + if coded.is_space { self.word_space } else { 0.0 };
        let by = coded.advance * self.size;
        // Vertical writing goes down the page, which is against the direction of y in a file.
        let along = if face.vertical { spaces - by } else { (by + spaces) * (1.0 + self.stretch) };
        self.move_along(face.vertical, along);
    }

    fn move_along(&mut self, vertical: bool, by: f64) {
        self.text *= Affine::translate(if vertical { (0.0, by) } else { (by, 0.0) });
    }

    /// The glyph as it stands on the page; `None` where its place is no place.
    fn glyph(&self, text: Rc<str>, face: &Face<'_>, advance: f64, look: Look) -> Option<Glyph> {
        let [right_x, right_y, up_x, up_y, ..] = (self.matrix * self.text).as_coeffs();
        let origin = self.matrix * self.text * hayro_font::kurbo::Point::new(0.0, self.rise);
        let (along, across) = if face.vertical {
            ((-up_x, -up_y), (right_x, right_y))
        } else {
            ((right_x, right_y), (up_x, up_y))
        };
        let stretch = if face.vertical { 1.0 } else { 1.0 + self.stretch };
        let sign = self.size.signum();
        let width = along.0.hypot(along.1) * self.size.abs() * stretch.abs() * advance;
        let size = across.0.hypot(across.1) * self.size.abs();
        let turn = Turn::along(along.0 * sign * stretch.signum(), along.1 * sign * stretch.signum());
        let place = [origin.x, origin.y, width, size];
        let sane = place.iter().all(|number| number.is_finite() && number.abs() < 1e6) && size > 0.01;
        let [x, y, width, size] = place.map(narrowed);
        sane.then_some(Glyph { text, x, y, width, size, turn, shift: 0.0, reading: None, look })
    }
}

fn matrix(numbers: [Number; 6]) -> Affine {
    Affine::new(numbers.map(|number| number.as_f64()))
}

#[expect(clippy::cast_possible_truncation, reason = "places on a page need no more than 24 bits")]
fn narrowed(number: f64) -> f32 {
    number as f32
}
