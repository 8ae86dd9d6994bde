//! A page of a PDF as a picture: the side of the child. What it draws has the size that [`super::text`] tells.

use crate::ReadError;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hayro::hayro_interpret::InterpreterSettings;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};
use hayro_interpret::hayro_syntax::Pdf;

/// Most pixels of a side.
const MAX_SIDE: f32 = 6000.0;

/// The page of this number, from 1, `width` pixels wide: PNG in base 64. This may take any time and memory.
///
/// # Errors
/// A message, where there is no such page, or nothing can be drawn.
pub fn page(bytes: Vec<u8>, number: usize, width: u16) -> Result<String, String> {
    let pdf = Pdf::new(bytes).map_err(|_| ReadError::NoPage(number).to_string())?;
    let page = number.checked_sub(1).and_then(|at| pdf.pages().get(at));
    let page = page.ok_or_else(|| ReadError::NoPage(number).to_string())?;
    let (page_width, page_height) = page.render_dimensions();
    let scale = (f32::from(width) / page_width).min(MAX_SIDE / page_height).min(MAX_SIDE / page_width);
    if !scale.is_finite() || scale <= 0.0 {
        return Err(ReadError::NoPage(number).to_string());
    }
    let size = PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE };
    let (settings, drawing) = (InterpreterSettings::default(), RenderSettings::default());
    let picture = render(page, &RenderCache::new(), &settings, &drawing, &size);
    let png = picture.into_png().map_err(|error| error.to_string())?;
    Ok(STANDARD.encode(png))
}
