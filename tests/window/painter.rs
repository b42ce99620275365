//! Paints what egui draws, on the processor: pictures that are the same on every machine.

use std::collections::BTreeMap;

use egui::epaint::{ClippedPrimitive, ImageData, Mesh, Primitive, Vertex};
use egui::{Color32, ColorImage, Context, FullOutput, TextureId, TexturesDelta};

/// Keeps the textures of a window and paints its frames.
#[derive(Default)]
pub(crate) struct Painter {
    textures: BTreeMap<u64, ColorImage>,
}

impl Painter {
    /// Takes up textures that came with a frame.
    pub(crate) fn take(&mut self, delta: &mut TexturesDelta) {
        let set: Vec<_> = delta.set.drain().collect();
        for (id, parts) in set {
            for part in parts {
                let ImageData::Color(image) = &part.image;
                match (part.pos, self.textures.get_mut(&key(id))) {
                    (Some([left, top]), Some(texture)) => put(texture, image, left, top),
                    _ => drop(self.textures.insert(key(id), (**image).clone())),
                }
            }
        }
        let free: Vec<_> = delta.free.drain().collect();
        for id in free {
            self.textures.remove(&key(id));
        }
    }

    /// Paints a frame of so many pixels.
    pub(crate) fn paint(&self, context: &Context, output: &FullOutput, size: [usize; 2]) -> ColorImage {
        let mut image = ColorImage::filled(size, Color32::BLACK);
        let scale = output.pixels_per_point;
        for ClippedPrimitive { clip_rect, primitive } in context.tessellate(output.shapes.clone(), scale) {
            if let Primitive::Mesh(mesh) = primitive {
                let clip = pixels(clip_rect, scale, size);
                self.mesh(&mut image, &mesh, clip, scale);
            }
        }
        image
    }

    fn mesh(&self, image: &mut ColorImage, mesh: &Mesh, clip: Clip, scale: f32) {
        let Some(texture) = self.textures.get(&key(mesh.texture_id)) else { return };
        for corners in mesh.indices.chunks_exact(3) {
            let corners: Vec<Vertex> = corners.iter().map(|&index| mesh.vertices[index as usize]).collect();
            triangle(image, texture, [corners[0], corners[1], corners[2]], clip, scale);
        }
    }
}

/// egui's own textures and those of the program, apart.
fn key(id: TextureId) -> u64 {
    match id {
        TextureId::Managed(number) => number * 2,
        TextureId::User(number) => number * 2 + 1,
    }
}

/// Columns and rows from the first to before the second.
#[derive(Clone, Copy)]
struct Clip {
    columns: (usize, usize),
    rows: (usize, usize),
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the picture")]
fn pixels(rect: egui::Rect, scale: f32, size: [usize; 2]) -> Clip {
    let clamped = |at: f32, most: usize| (at * scale).round().clamp(0.0, most as f32) as usize;
    Clip {
        columns: (clamped(rect.left(), size[0]), clamped(rect.right(), size[0])),
        rows: (clamped(rect.top(), size[1]), clamped(rect.bottom(), size[1])),
    }
}

fn put(texture: &mut ColorImage, part: &ColorImage, left: usize, top: usize) {
    let [width, height] = part.size;
    for row in 0..height {
        let to = (top + row) * texture.size[0] + left;
        texture.pixels[to..to + width].copy_from_slice(&part.pixels[row * width..(row + 1) * width]);
    }
}

/// Twice the area of a triangle, negative where its corners go round the other way.
fn area(from: (f64, f64), to: (f64, f64), third: (f64, f64)) -> f64 {
    (to.0 - from.0) * (third.1 - from.1) - (to.1 - from.1) * (third.0 - from.0)
}

/// Whether pixels that lie exactly on the edge belong to this triangle and not to its neighbour.
fn owns_edge(from: (f64, f64), to: (f64, f64)) -> bool {
    let (right, down) = (to.0 - from.0, to.1 - from.1);
    down < 0.0 || (down == 0.0 && right > 0.0)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the picture")]
fn triangle(image: &mut ColorImage, texture: &ColorImage, mut corners: [Vertex; 3], clip: Clip, scale: f32) {
    let place = |corner: &Vertex| (f64::from(corner.pos.x * scale), f64::from(corner.pos.y * scale));
    let mut whole = area(place(&corners[0]), place(&corners[1]), place(&corners[2]));
    if whole < 0.0 {
        corners.swap(1, 2);
        whole = -whole;
    }
    if whole == 0.0 || !whole.is_finite() {
        return;
    }
    let [a, b, c] = [place(&corners[0]), place(&corners[1]), place(&corners[2])];
    let owned = [owns_edge(b, c), owns_edge(c, a), owns_edge(a, b)];
    let least = |values: [f64; 3]| values.into_iter().fold(f64::INFINITY, f64::min).floor().max(0.0) as usize;
    let most = |values: [f64; 3]| values.into_iter().fold(0.0, f64::max).ceil() as usize;
    let rows = least([a.1, b.1, c.1]).max(clip.rows.0)..most([a.1, b.1, c.1]).min(clip.rows.1);
    for y in rows {
        let columns = least([a.0, b.0, c.0]).max(clip.columns.0)..most([a.0, b.0, c.0]).min(clip.columns.1);
        for x in columns {
            let middle = (x as f64 + 0.5, y as f64 + 0.5);
            let parts = [area(b, c, middle), area(c, a, middle), area(a, b, middle)];
            if parts.iter().zip(owned).all(|(part, owned)| *part > 0.0 || (*part == 0.0 && owned)) {
                let shares = parts.map(|part| (part / whole) as f32);
                let pixel = &mut image.pixels[y * image.size[0] + x];
                *pixel = over(colour(texture, &corners, shares), *pixel);
            }
        }
    }
}

/// What a triangle looks like at a point, which has these shares of the corners.
fn colour(texture: &ColorImage, corners: &[Vertex; 3], shares: [f32; 3]) -> [f32; 4] {
    let sum = |value: &dyn Fn(&Vertex) -> f32| -> f32 {
        corners.iter().zip(shares).map(|(corner, share)| value(corner) * share).sum()
    };
    let texel = sample(texture, sum(&|corner| corner.uv.x), sum(&|corner| corner.uv.y));
    std::array::from_fn(|part| {
        sum(&|corner: &Vertex| f32::from(corner.color.to_array()[part])) * texel[part] / 255.0
    })
}

/// The texture between its pixels.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the texture")]
fn sample(texture: &ColorImage, x: f32, y: f32) -> [f32; 4] {
    let [width, height] = texture.size;
    let (x, y) = (x * width as f32 - 0.5, y * height as f32 - 0.5);
    let at = |x: f32, y: f32| {
        let column = x.clamp(0.0, (width - 1) as f32) as usize;
        let row = y.clamp(0.0, (height - 1) as f32) as usize;
        texture.pixels[row * width + column].to_array().map(f32::from)
    };
    let (left, top) = (x.floor(), y.floor());
    let (right_share, bottom_share) = (x - left, y - top);
    let corners = [at(left, top), at(left + 1.0, top), at(left, top + 1.0), at(left + 1.0, top + 1.0)];
    std::array::from_fn(|part| {
        let [above_left, above_right, below_left, below_right] = corners.map(|corner| corner[part]);
        let above = above_left + (above_right - above_left) * right_share;
        let below = below_left + (below_right - below_left) * right_share;
        above + (below - above) * bottom_share
    })
}

/// One colour over another, both with what they cover already multiplied in.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to a byte")]
fn over(above: [f32; 4], below: Color32) -> Color32 {
    let free = 1.0 - above[3] / 255.0;
    let below = below.to_array().map(f32::from);
    let [red, green, blue, cover] =
        std::array::from_fn(|part| (above[part] + below[part] * free + 0.5).clamp(0.0, 255.0) as u8);
    Color32::from_rgba_premultiplied(red, green, blue, cover)
}
