//! The drawing backend: keeps what plotters draws as shapes with roles.
//!
//! plotters hands a backend nothing but a colour with each shape, so the colour carries the role and
//! the mark: red is the role, green and blue together are the mark.

use std::convert::Infallible;

use plotters::style::RGBColor;
use plotters_backend::text_anchor::HPos;
use plotters_backend::{BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind};

use crate::metrics::text_width;
use crate::picture::{Anchor, Ink, Role, Shape};

/// The mark of shapes that belong to none.
const NO_MARK: u16 = u16::MAX;

/// Writes an ink as a colour.
pub(crate) fn color(ink: Ink) -> RGBColor {
    let [high, low] = ink.mark.unwrap_or(NO_MARK).to_be_bytes();
    RGBColor(ink.role.code(), high, low)
}

fn ink(color: BackendColor) -> Ink {
    let (role, high, low) = color.rgb;
    let mark = u16::from_be_bytes([high, low]);
    Ink { role: Role::from_code(role), mark: (mark != NO_MARK).then_some(mark) }
}

/// A backend that draws into a list.
pub(crate) struct ShapeBackend<'a> {
    pub(crate) size: (u32, u32),
    pub(crate) shapes: &'a mut Vec<Shape>,
}

impl DrawingBackend for ShapeBackend<'_> {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Result<(), DrawingErrorKind<Infallible>> {
        Ok(())
    }

    fn present(&mut self) -> Result<(), DrawingErrorKind<Infallible>> {
        Ok(())
    }

    fn draw_pixel(&mut self, at: BackendCoord, color: BackendColor) -> Result<(), DrawingErrorKind<Infallible>> {
        self.shapes.push(Shape::Rect { x: at.0, y: at.1, width: 1, height: 1, ink: ink(color) });
        Ok(())
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Result<(), DrawingErrorKind<Infallible>> {
        // plotters draws the finer lines of a grid even where it is told to leave them clear.
        if style.color().alpha == 0.0 {
            return Ok(());
        }
        self.shapes.push(Shape::Path { points: vec![from, to], width: style.stroke_width(), ink: ink(style.color()) });
        Ok(())
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        upper_left: BackendCoord,
        bottom_right: BackendCoord,
        style: &S,
        _fill: bool,
    ) -> Result<(), DrawingErrorKind<Infallible>> {
        let width = bottom_right.0.saturating_sub(upper_left.0);
        let height = bottom_right.1.saturating_sub(upper_left.1);
        self.shapes.push(Shape::Rect { x: upper_left.0, y: upper_left.1, width, height, ink: ink(style.color()) });
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Result<(), DrawingErrorKind<Infallible>> {
        if style.color().alpha == 0.0 {
            return Ok(());
        }
        self.shapes.push(Shape::Path { points: path.into_iter().collect(), width: style.stroke_width(), ink: ink(style.color()) });
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        center: BackendCoord,
        radius: u32,
        style: &S,
        _fill: bool,
    ) -> Result<(), DrawingErrorKind<Infallible>> {
        self.shapes.push(Shape::Circle { at: center, radius, ink: ink(style.color()) });
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        vert: I,
        style: &S,
    ) -> Result<(), DrawingErrorKind<Infallible>> {
        self.shapes.push(Shape::Polygon { points: vert.into_iter().collect(), ink: ink(style.color()) });
        Ok(())
    }

    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, at: BackendCoord) -> Result<(), DrawingErrorKind<Infallible>> {
        let anchor = match style.anchor().h_pos {
            HPos::Left => Anchor::Start,
            HPos::Center => Anchor::Middle,
            HPos::Right => Anchor::End,
        };
        let size = to_pixels(style.size());
        self.shapes.push(Shape::Text { at, anchor, size, text: text.to_owned(), ink: ink(style.color()) });
        Ok(())
    }

    fn estimate_text_size<S: BackendTextStyle>(&self, text: &str, style: &S) -> Result<(u32, u32), DrawingErrorKind<Infallible>> {
        Ok((to_pixels(text_width(text, style.size())), to_pixels(style.size())))
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "sizes of texts on a screen")]
fn to_pixels(length: f64) -> u32 {
    length.round().clamp(0.0, 100_000.0) as u32
}
