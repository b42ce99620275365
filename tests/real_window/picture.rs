//! What can be seen in a picture of the window.

/// A picture of the window.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Picture {
    width: usize,
    pixels: Vec<[u8; 3]>,
}

/// A part of a picture, in pixels; `right` and `bottom` lie outside.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Area {
    pub(crate) left: u32,
    pub(crate) right: u32,
    pub(crate) top: u32,
    pub(crate) bottom: u32,
}

impl Area {
    pub(crate) fn width(self) -> u32 {
        self.right - self.left
    }

    pub(crate) fn middle(self) -> u32 {
        u32::midpoint(self.top, self.bottom)
    }

    /// The distance from the picture's left edge that is so far to the right of this part's.
    pub(crate) fn across(self, distance: f64) -> u32 {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within the picture")]
        let distance = distance.round() as u32;
        self.left + distance
    }

    /// This part and a row of pixels below it.
    fn with_row(self, row: Area) -> Self {
        Self { left: self.left.min(row.left), right: self.right.max(row.right), bottom: row.bottom, ..self }
    }

    /// Whether a row belongs to the same line of writing: not far below, and not beside.
    fn continues_in(self, row: Area) -> bool {
        const GAP: u32 = 4;
        row.top <= self.bottom + GAP && row.left < self.right && self.left < row.right
    }
}

/// The bars above the page, the bar below it and the scroll bar beside it.
const ABOVE: usize = 70;
const BELOW: usize = 32;
const BESIDE: usize = 20;

impl Picture {
    /// Reads a picture in the format PPM, with a byte for each colour.
    pub(crate) fn read(bytes: &[u8]) -> Option<Self> {
        let mut parts = bytes.splitn(4, u8::is_ascii_whitespace);
        let [kind, width, height, rest] = std::array::from_fn(|_| parts.next().unwrap_or_default());
        let (_depth, colours) = rest.split_at(rest.iter().position(u8::is_ascii_whitespace)?);
        let number = |digits: &[u8]| std::str::from_utf8(digits).ok()?.parse::<usize>().ok();
        let (width, height) = (number(width)?, number(height)?);
        let (pixels, _) = colours.get(1..)?.as_chunks::<3>();
        let whole = kind == b"P6" && width > 0 && pixels.len() == width * height;
        whole.then(|| Self { width, pixels: pixels.to_vec() })
    }

    /// The lines of writing on the page, from top to bottom.
    pub(crate) fn lines(&self) -> Vec<Area> {
        self.bands(is_ink)
    }

    /// The parts of the page in which such pixels are, from top to bottom, one for each line.
    pub(crate) fn bands(&self, wanted: impl Fn([u8; 3]) -> bool) -> Vec<Area> {
        let mut bands: Vec<Area> = Vec::new();
        for row in self.rows_with(wanted) {
            match bands.last_mut() {
                Some(band) if band.continues_in(row) => *band = band.with_row(row),
                _ => bands.push(row),
            }
        }
        bands
    }

    /// For each row of the page with such pixels, how far they reach.
    fn rows_with(&self, wanted: impl Fn([u8; 3]) -> bool) -> impl Iterator<Item = Area> {
        let height = self.pixels.len() / self.width;
        let rows = self.pixels.chunks(self.width).enumerate().skip(ABOVE).take(height - ABOVE - BELOW);
        rows.filter_map(move |(y, row)| {
            let page = &row[..self.width - BESIDE];
            let left = page.iter().position(|pixel| wanted(*pixel))?;
            let right = page.iter().rposition(|pixel| wanted(*pixel))? + 1;
            let [left, right, top] = [left, right, y].map(|side| u32::try_from(side).unwrap());
            Some(Area { left, right, top, bottom: top + 1 })
        })
    }

    /// How many pixels of a part are those of writing.
    pub(crate) fn ink(&self, area: Area) -> usize {
        let [left, right, top, bottom] =
            [area.left, area.right, area.top, area.bottom].map(|side| usize::try_from(side).unwrap());
        let rows = self.pixels.chunks(self.width).take(bottom).skip(top);
        rows.flat_map(|row| &row[left..right]).filter(|pixel| is_ink(**pixel)).count()
    }
}

fn is_ink(pixel: [u8; 3]) -> bool {
    pixel.iter().all(|part| *part < 110)
}

/// Whether a pixel has a colour, apart from how it was rounded.
pub(crate) fn near(pixel: [u8; 3], colour: [u8; 3]) -> bool {
    pixel.iter().zip(colour).all(|(left, right)| left.abs_diff(right) <= 3)
}
