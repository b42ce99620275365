//! What is typed after a note was refused. It was meant for the note: nothing of it is taken for a command.

use egui::{Event, InputState, Key, Modifiers};

/// What is remembered from one frame to the next.
#[derive(Default, Debug)]
pub(super) struct RefusedLetters {
    /// Until when letters are taken away, in seconds of the window's time.
    until: Option<f64>,
}

/// Whoever types on makes no longer pause, in seconds.
const PAUSE: f64 = 2.0;

impl RefusedLetters {
    /// A note was refused just now.
    pub(super) fn begin(&mut self, input: &InputState) {
        self.until = Some(input.time + PAUSE);
    }

    /// Takes letters away until the reader pauses, or does something else.
    pub(super) fn take(&mut self, input: &mut InputState) {
        if self.until.is_none_or(|until| input.time > until) || input.events.iter().any(is_something_else) {
            self.until = None;
            return;
        }
        let before = input.events.len();
        input.events.retain(|event| !is_letter(event));
        if input.events.len() < before {
            self.begin(input);
        }
    }
}

fn is_letter(event: &Event) -> bool {
    match event {
        Event::Text(_) | Event::Ime(_) => true,
        Event::Key { key, modifiers, .. } => is_written_with(*key, *modifiers),
        _ => false,
    }
}

fn is_something_else(event: &Event) -> bool {
    match event {
        Event::Key { key, pressed: true, modifiers, .. } => !is_written_with(*key, *modifiers),
        Event::PointerButton { pressed, .. } => *pressed,
        _ => false,
    }
}

/// Whether a key writes: a letter, a digit, a sign or a space; or takes back what was written.
fn is_written_with(key: Key, modifiers: Modifiers) -> bool {
    let sign = matches!(key.symbol_or_name().chars().next(), Some(sign) if sign.is_ascii_punctuation());
    let writes = key.name().len() == 1 || sign || matches!(key, Key::Space | Key::Backspace);
    writes && !modifiers.command && !modifiers.ctrl && !modifiers.alt
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_signs_and_spaces_write() {
        let check = |keys: &[Key], modifiers, expected| {
            for key in keys {
                assert_eq!(is_written_with(*key, modifiers), expected, "{key:?}");
            }
        };
        let writing = [Key::A, Key::Num3, Key::Space, Key::Slash, Key::CloseBracket, Key::Comma];
        check(&writing, Modifiers::NONE, true);
        check(&writing, Modifiers::SHIFT, true);
        check(&writing, Modifiers::COMMAND, false);
        let other = [Key::ArrowDown, Key::Escape, Key::F3, Key::Enter, Key::PageDown, Key::Home, Key::Tab];
        check(&other, Modifiers::NONE, false);
        check(&other, Modifiers::SHIFT, false);
    }
}
