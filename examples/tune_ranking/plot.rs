//! The figure along each weight as a drawing: a small chart each, all of one scale.

use findbuch_engine::{Ranking, Weight};
use std::fmt::Write;

const WIDTH: f64 = 168.0;
const HEIGHT: f64 = 92.0;
const COLUMNS: usize = 4;
/// The loss at the lower edge.
const DEEPEST: f64 = 0.02;

/// The charts; the point at hand is a dot.
pub fn svg(curves: &[(Weight, Vec<(f32, f64)>)], point: &Ranking) -> String {
    let rows = curves.len().div_ceil(COLUMNS);
    let (width, height) = (WIDTH * COLUMNS as f64, HEIGHT * rows as f64);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" font-family=\"sans-serif\" font-size=\"10\">\n\
         <rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n"
    );
    for (number, (weight, curve)) in curves.iter().enumerate() {
        let (left, top) = ((number % COLUMNS) as f64 * WIDTH + 12.0, (number / COLUMNS) as f64 * HEIGHT + 8.0);
        let (inner, tall) = (WIDTH - 24.0, HEIGHT - 34.0);
        let now = weight.of(point);
        let best = curve.iter().map(|(_, figure)| *figure).fold(f64::MIN, f64::max);
        let x = |at: usize| left + inner * at as f64 / (curve.len().max(2) - 1) as f64;
        let y = |figure: f64| top + 12.0 + tall * ((best - figure) / DEEPEST).min(1.0);
        let line: Vec<String> =
            curve.iter().enumerate().map(|(at, (_, figure))| format!("{:.1},{:.1}", x(at), y(*figure))).collect();
        let _ = writeln!(
            out,
            "<text x=\"{left:.1}\" y=\"{:.1}\" font-weight=\"bold\">{} {now:.2}</text>",
            top + 4.0,
            weight.name
        );
        let _ = writeln!(
            out,
            "<rect x=\"{left:.1}\" y=\"{:.1}\" width=\"{inner:.1}\" height=\"{tall:.1}\" fill=\"#f4f4f4\"/>",
            top + 12.0
        );
        let _ = writeln!(
            out,
            "<polyline points=\"{}\" fill=\"none\" stroke=\"#1a5fb4\" stroke-width=\"1.5\"/>",
            line.join(" ")
        );
        if let Some((at, (_, figure))) =
            curve.iter().enumerate().find(|(_, (value, _))| (value - now).abs() <= 1e-4 * now)
        {
            let _ = writeln!(out, "<circle cx=\"{:.1}\" cy=\"{:.1}\" r=\"3\" fill=\"#c01c28\"/>", x(at), y(*figure));
        }
        if let (Some(first), Some(last)) = (curve.first(), curve.last()) {
            let below = top + 22.0 + tall;
            let _ = writeln!(out, "<text x=\"{left:.1}\" y=\"{below:.1}\" fill=\"#555\">{:.2}</text>", first.0);
            let right = left + inner;
            let _ = writeln!(
                out,
                "<text x=\"{right:.1}\" y=\"{below:.1}\" fill=\"#555\" text-anchor=\"end\">{:.2}</text>",
                last.0
            );
        }
    }
    out.push_str("</svg>\n");
    out
}
