//! The fonts of the window: one family for each region's shapes, and one for the interface.
//!
//! The built-in font is there at once; the system's fonts are looked for on a thread, and only when
//! something asks for them: a family that the reader chose, the list to choose from, or a character that
//! the built-in font lacks.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use egui::epaint::text::{FallbackRequest, FontInsert, FontProvider, TextOptions};
use egui::{Context, FontData, FontDefinitions, FontFamily, FontId};

use crate::session::{FontChoices, Language};
use crate::store::{FaceData, SystemFonts, in_background};
use crate::text::Glyphs;

/// The built-in font: three faces, for the mainland's, Taiwan's and Hong Kong's shapes.
static BUILT_IN: &[u8] = include_bytes!("../../fonts/DuiduSans.ttc");

const ALL_GLYPHS: [Glyphs; 3] = [Glyphs::Simplified, Glyphs::Taiwan, Glyphs::HongKong];

/// The family that draws text in a region's shapes.
pub fn reading_family(glyphs: Glyphs) -> FontFamily {
    FontFamily::Name(reading_name(glyphs).into())
}

/// The family for listings in a region's shapes: Latin letters of one width, where the system has such a
/// font.
pub fn listing_family(glyphs: Glyphs) -> FontFamily {
    FontFamily::Name(listing_name(glyphs).into())
}

fn reading_name(glyphs: Glyphs) -> &'static str {
    match glyphs {
        Glyphs::Simplified => "reading-simplified",
        Glyphs::Taiwan => "reading-taiwan",
        Glyphs::HongKong => "reading-hongkong",
    }
}

fn listing_name(glyphs: Glyphs) -> &'static str {
    match glyphs {
        Glyphs::Simplified => "listing-simplified",
        Glyphs::Taiwan => "listing-taiwan",
        Glyphs::HongKong => "listing-hongkong",
    }
}

/// The fonts of a window.
pub struct Fonts {
    provider: Arc<Provider>,
    choices: FontChoices,
    language: Language,
}

impl Fonts {
    /// Gives a window the built-in font. To be called before its first frame.
    pub fn install(context: &Context) -> Self {
        let provider = Provider::new(context.clone());
        context.set_fonts(FontDefinitions::empty());
        context.set_font_providers(vec![Arc::clone(&provider) as Arc<dyn FontProvider>]);
        Self { provider, choices: FontChoices::default(), language: Language::English }
    }

    /// Follows the reader's choices and the language of the interface. Cheap where nothing changed: to be
    /// called at the start of each frame.
    pub fn update(&mut self, context: &Context, choices: &FontChoices, language: Language) {
        if self.language != language {
            self.language = language;
            self.provider.state().interface = interface_glyphs(language);
            self.provider.stale.store(true, Ordering::Relaxed);
        }
        if self.choices != *choices {
            self.choices = choices.clone();
            self.provider.state().choices = choices.clone();
            look_for(&self.provider);
        }
        if self.provider.stale.swap(false, Ordering::Relaxed) {
            context.set_font_providers(vec![Arc::clone(&self.provider) as Arc<dyn FontProvider>]);
            context.data_mut(|data| *data.get_temp_mut_or_default::<u64>(revision_place()) += 1);
        }
    }

    /// The system's families for a region's text, those made for it first; `None` while they are being
    /// looked for, which begins with the first question.
    pub fn available_families(&self, glyphs: Glyphs) -> Option<Vec<String>> {
        let system = self.provider.state().system.clone();
        if system.is_none() {
            look_for(&self.provider);
        }
        system.map(|system| system.families(glyphs))
    }
}

/// A number that changes whenever the fonts of a window do: what was measured before is then wrong.
pub fn fonts_revision(context: &Context) -> u64 {
    context.data(|data| data.get_temp(revision_place())).unwrap_or_default()
}

fn revision_place() -> egui::Id {
    egui::Id::unique("revision of the fonts")
}

/// The shapes of the interface's own words.
fn interface_glyphs(language: Language) -> Glyphs {
    match language {
        Language::English | Language::Simplified => Glyphs::Simplified,
        Language::Traditional => Glyphs::Taiwan,
    }
}

/// Answers egui's questions for fonts.
struct Provider {
    /// Itself, for the thread that looks for fonts.
    own: Weak<Provider>,
    context: Context,
    state: Mutex<State>,
    /// Whether answers given before would be different now.
    stale: AtomicBool,
}

#[derive(Default)]
struct State {
    system: Option<Arc<SystemFonts>>,
    looking: bool,
    interface: Glyphs,
    choices: FontChoices,
    /// The faces of the families that were chosen, in the order of [`ALL_GLYPHS`].
    chosen: [Option<FaceData>; 3],
    monospaced: Option<FaceData>,
}

impl Provider {
    fn new(context: Context) -> Arc<Self> {
        Arc::new_cyclic(|own| Self {
            own: Weak::clone(own),
            context,
            state: Mutex::default(),
            stale: AtomicBool::new(false),
        })
    }

    /// No thread stops while it holds the lock, short of a panic, and any state is a good one.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl FontProvider for Provider {
    fn fonts_for_family(&self, family: &FontFamily) -> Vec<FontInsert> {
        let state = self.state();
        let (glyphs, listing) = region_of(family, state.interface);
        let monospaced = state.monospaced.clone().filter(|_| listing);
        // What was chosen is for reading; the interface keeps its own.
        let chosen = state.chosen.get(glyphs as usize).cloned().flatten();
        let chosen = chosen.filter(|_| matches!(family, FontFamily::Name(_)));
        let own = monospaced.into_iter().chain(chosen).map(|face| insert(&face));
        own.chain([built_in(glyphs)]).collect()
    }

    fn font_for(&self, request: &FallbackRequest<'_>) -> Option<FontInsert> {
        let character = request.cluster.chars().next()?;
        let (system, interface) = {
            let state = self.state();
            (state.system.clone(), state.interface)
        };
        let Some(system) = system else {
            // The answer is kept until the fonts that are found now make it stale.
            self.own.upgrade().as_ref().map(look_for);
            return None;
        };
        let (glyphs, _) = region_of(request.family, interface);
        system.face_with(character, glyphs).filter(can_be_used(character)).map(|face| insert(&face))
    }
}

/// The region whose shapes a family has, and whether it is one for listings.
fn region_of(family: &FontFamily, interface: Glyphs) -> (Glyphs, bool) {
    let named = |name: &str, name_of: fn(Glyphs) -> &'static str| {
        ALL_GLYPHS.into_iter().find(|&glyphs| name_of(glyphs) == name)
    };
    match family {
        FontFamily::Proportional => (interface, false),
        FontFamily::Monospace => (interface, true),
        FontFamily::Name(name) => match named(name, listing_name) {
            Some(glyphs) => (glyphs, true),
            None => (named(name, reading_name).unwrap_or(interface), false),
        },
    }
}

fn built_in(glyphs: Glyphs) -> FontInsert {
    let mut data = FontData::from_static(BUILT_IN);
    let (name, index) = match glyphs {
        Glyphs::Simplified => ("Duidu Sans SC", 0),
        Glyphs::Taiwan => ("Duidu Sans TC", 1),
        Glyphs::HongKong => ("Duidu Sans HK", 2),
    };
    data.index = index;
    FontInsert::new(&format!("built-in {name}"), data, Vec::new())
}

fn insert(face: &FaceData) -> FontInsert {
    let bytes: Arc<Vec<u8>> = Arc::clone(&face.bytes);
    FontInsert::new(&face.name, FontData::from_blob(bytes, face.index), Vec::new())
}

/// Looks for the system's fonts, and for the chosen ones among them, on a thread. What is found is used
/// from the next frame on.
fn look_for(provider: &Arc<Provider>) {
    if std::mem::replace(&mut provider.state().looking, true) {
        return;
    }
    let here = Arc::clone(provider);
    let started = in_background(move || {
        let known = here.state().system.clone();
        let system = known.unwrap_or_else(|| Arc::new(SystemFonts::find()));
        take_up(&here, &system);
        here.context.request_repaint();
    });
    provider.state().looking = started;
}

/// Loads the chosen faces until the reader's choices stand still.
fn take_up(provider: &Provider, system: &Arc<SystemFonts>) {
    let monospaced = system.monospaced().filter(can_be_used('a'));
    loop {
        let choices = provider.state().choices.clone();
        let chosen = ALL_GLYPHS.map(|glyphs| {
            let face = system.face_of_family(choices.family(glyphs)?)?;
            Some(face).filter(can_be_used('一'))
        });
        let mut state = provider.state();
        if state.choices == choices {
            state.system = Some(Arc::clone(system));
            state.monospaced = monospaced;
            state.chosen = chosen;
            state.looking = false;
            provider.stale.store(true, Ordering::Relaxed);
            return;
        }
    }
}

/// Whether egui can read a face and finds `character` in it. A face that egui cannot read must not be
/// among those that a family begins with: egui panics there, and only warns where it asks for a fallback,
/// as here.
fn can_be_used(character: char) -> impl Fn(&FaceData) -> bool {
    move |face| {
        let face = insert(face);
        let only = move |_: &FallbackRequest<'_>| Some(face.clone());
        let trial = egui::epaint::text::Fonts::new(TextOptions::default(), FontDefinitions::empty());
        let mut trial = trial.with_font_providers(vec![Arc::new(only)]);
        trial.has_glyph(&FontId::new(12.0, FontFamily::Proportional), character)
    }
}

impl std::fmt::Debug for Fonts {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Fonts").field("choices", &self.choices).finish_non_exhaustive()
    }
}
