//! Cost against the size of the archive, as an SVG: `plot POINTS.json OUT.svg`, with a list of
//! `{"panel": …, "peer": …, "articles": …, "value": …}`. Both axes are logarithmic: what grows as the archive does goes up at 45 degrees
//! of a decade each.

use findbuch_peers::Result;
use plotters::prelude::*;
use serde::Deserialize;
use std::fs;

const SIZE: (u32, u32) = (1000, 720);
/// Pixels for the names, and how many of them fit above each other.
const AT_THE_END: i32 = 110;
const NAMES: f64 = 16.0;
const COLOURS: [RGBColor; 6] = [
    RGBColor(0x1b, 0x5e, 0xa8),
    RGBColor(0xb3, 0x4a, 0x0e),
    RGBColor(0x3c, 0x7a, 0x3c),
    RGBColor(0x7a, 0x3c, 0x7a),
    RGBColor(0x55, 0x55, 0x55),
    RGBColor(0x0e, 0x80, 0x80),
];

#[derive(Deserialize)]
struct Point {
    panel: String,
    peer: String,
    articles: f64,
    value: f64,
}

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [points, out] = arguments.as_slice() else { return Err("usage: plot POINTS.json OUT.svg".into()) };
    let points: Vec<Point> = serde_json::from_str(&fs::read_to_string(points)?)?;
    let mut panels: Vec<&str> = Vec::new();
    for point in &points {
        if !panels.contains(&point.panel.as_str()) {
            panels.push(&point.panel);
        }
    }
    let area = SVGBackend::new(out, SIZE).into_drawing_area();
    area.fill(&WHITE)?;
    for (panel, area) in panels.iter().zip(area.split_evenly((panels.len().div_ceil(2), 2))) {
        draw(panel, points.iter().filter(|point| point.panel == *panel), &area)?;
    }
    area.present()?;
    Ok(())
}

/// A peer's points, by size.
struct Line<'a> {
    peer: &'a str,
    points: Vec<(f64, f64)>,
}

fn lines<'a>(points: impl Iterator<Item = &'a Point>) -> Vec<Line<'a>> {
    let mut lines: Vec<Line> = Vec::new();
    for point in points {
        let at = (point.articles, point.value);
        match lines.iter_mut().find(|line| line.peer == point.peer) {
            Some(line) => line.points.push(at),
            None => lines.push(Line { peer: &point.peer, points: vec![at] }),
        }
    }
    for line in &mut lines {
        line.points.sort_by(|one, other| one.0.total_cmp(&other.0));
    }
    lines
}

fn draw<'a>(
    panel: &str,
    points: impl Iterator<Item = &'a Point>,
    area: &DrawingArea<SVGBackend<'_>, plotters::coord::Shift>,
) -> Result<()> {
    let lines = lines(points);
    let all = || lines.iter().flat_map(|line| &line.points);
    let least = |of: fn(&(f64, f64)) -> f64| all().map(of).fold(f64::INFINITY, f64::min);
    let most = |of: fn(&(f64, f64)) -> f64| all().map(of).fold(0.0, f64::max);
    let (bottom, top) = (least(|at| at.1) / 1.5, most(|at| at.1) * 1.5);
    let mut chart = ChartBuilder::on(area)
        .caption(panel, ("sans-serif", 17))
        .margin(12)
        .margin_right(AT_THE_END)
        .x_label_area_size(36)
        .y_label_area_size(56)
        .build_cartesian_2d((least(|at| at.0) / 1.2..most(|at| at.0) * 1.05).log_scale(), (bottom..top).log_scale())?;
    chart
        .configure_mesh()
        .x_desc("articles")
        .x_label_formatter(&|articles| marked(*articles, &[1.0, 3.0]).map_or_else(String::new, thousands))
        .y_label_formatter(&|value| {
            marked(*value, &[1.0, 2.0, 5.0]).map_or_else(String::new, |value| value.to_string())
        })
        .light_line_style(WHITE)
        .bold_line_style(RGBColor(0xe4, 0xe4, 0xe4))
        .label_style(("sans-serif", 13))
        .draw()?;
    // names stand where their lines end, and far enough apart to be read
    let mut ends: Vec<(f64, &str, RGBColor, (f64, f64))> = Vec::new();
    for (line, colour) in lines.iter().zip(COLOURS) {
        chart.draw_series(LineSeries::new(line.points.clone(), colour.stroke_width(2)).point_size(3))?;
        if let Some(end) = line.points.last() {
            ends.push((end.1.ln(), line.peer, colour, *end));
        }
    }
    ends.sort_by(|one, other| one.0.total_cmp(&other.0));
    let apart = (top / bottom).ln() / NAMES;
    let mut below = f64::NEG_INFINITY;
    for (height, peer, colour, end) in ends {
        let height = height.max(below + apart);
        below = height;
        let (x, _) = chart.backend_coord(&end);
        let (_, y) = chart.backend_coord(&(end.0, height.exp()));
        let (left, above) = area.get_base_pixel();
        let style = ("sans-serif", 13).into_font().color(&colour);
        area.draw_text(peer, &style, (x - left + 8, y - above - 7))?;
    }
    Ok(())
}

/// What is written at an axis: of each decade these.
fn marked(value: f64, marks: &[f64]) -> Option<f64> {
    // ten is the next one
    let leading = (value / 10_f64.powf((value * 1.000_001).log10().floor())).min(10.0);
    marks.iter().any(|mark| (leading - mark).abs() < 1e-5).then_some(value)
}

fn thousands(articles: f64) -> String {
    if articles >= 1e6 { format!("{} M", articles / 1e6) } else { format!("{} k", articles / 1e3) }
}
