//! Steps that can be taken back and made again, each as what was there before it and after it.

/// So many are kept; older ones are forgotten.
const MOST: usize = 1_000;

/// The steps by which something was changed.
#[derive(Clone, Debug)]
pub(super) struct Steps<Value> {
    /// The latest last.
    undo: Vec<Step<Value>>,
    /// What was taken back, the next one last.
    redo: Vec<Step<Value>>,
}

/// From what to what a step has changed it.
#[derive(Clone, Debug)]
struct Step<Value> {
    before: Value,
    after: Value,
}

impl<Value> Default for Steps<Value> {
    fn default() -> Self {
        Self { undo: Vec::new(), redo: Vec::new() }
    }
}

impl<Value: Clone> Steps<Value> {
    /// Whether there is a step to take back, and one to make again.
    pub(super) fn undoable(&self) -> (bool, bool) {
        (!self.undo.is_empty(), !self.redo.is_empty())
    }

    /// A step was made. What was taken back can then no longer be made again.
    pub(super) fn made(&mut self, before: Value, after: Value) {
        self.redo.clear();
        self.undo.push(Step { before, after });
        if self.undo.len() > MOST {
            self.undo.remove(0);
        }
    }

    /// The last step goes on until there is this; where there is none, nothing happens.
    pub(super) fn go_on(&mut self, after: Value) {
        self.redo.clear();
        if let Some(last) = self.undo.last_mut() {
            last.after = after;
        }
    }

    /// From what to what the next step back leads, or the next one forward. It counts as taken.
    pub(super) fn step(&mut self, back: bool) -> Option<(Value, Value)> {
        let (from, to) =
            if back { (&mut self.undo, &mut self.redo) } else { (&mut self.redo, &mut self.undo) };
        let step = from.pop()?;
        to.push(step.clone());
        let Step { before, after } = step;
        Some(if back { (after, before) } else { (before, after) })
    }

    /// Everything that a step could lead to.
    pub(super) fn values_mut(&mut self) -> impl Iterator<Item = &mut Value> {
        let steps = self.undo.iter_mut().chain(&mut self.redo);
        steps.flat_map(|step| [&mut step.before, &mut step.after])
    }
}
