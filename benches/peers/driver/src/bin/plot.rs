//! Cost against the size of the archive, as an SVG: `plot POINTS.json OUT.svg`, with a list of
//! `{"panel": …, "peer": …, "articles": …, "value": …}`. Both axes are logarithmic: what grows as the archive does goes up at 45 degrees
//! of a decade each.

use findbuch_peers::Result;
use plotters::prelude::*;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;

const SIZE: (u32, u32) = (960, 720);
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

fn draw<'a>(
    panel: &str,
    points: impl Iterator<Item = &'a Point>,
    area: &DrawingArea<SVGBackend<'_>, plotters::coord::Shift>,
) -> Result<()> {
    let mut lines: BTreeMap<&str, Vec<(f64, f64)>> = BTreeMap::new();
    for point in points {
        lines.entry(&point.peer).or_default().push((point.articles, point.value));
    }
    let all = || lines.values().flatten();
    let least = |of: fn(&(f64, f64)) -> f64| all().map(of).fold(f64::INFINITY, f64::min);
    let most = |of: fn(&(f64, f64)) -> f64| all().map(of).fold(0.0, f64::max);
    let mut chart = ChartBuilder::on(area)
        .caption(panel, ("sans-serif", 17))
        .margin(12)
        .x_label_area_size(36)
        .y_label_area_size(56)
        .build_cartesian_2d(
            (least(|at| at.0) / 1.2..most(|at| at.0) * 1.2).log_scale(),
            (least(|at| at.1) / 1.5..most(|at| at.1) * 2.5).log_scale(),
        )?;
    chart
        .configure_mesh()
        .x_desc("articles")
        .x_label_formatter(&|articles| thousands(*articles))
        .y_label_formatter(&|value| format!("{value}"))
        .light_line_style(WHITE)
        .bold_line_style(RGBColor(0xdd, 0xdd, 0xdd))
        .label_style(("sans-serif", 13))
        .draw()?;
    for ((peer, mut line), colour) in lines.into_iter().zip(COLOURS) {
        line.sort_by(|one, other| one.0.total_cmp(&other.0));
        chart
            .draw_series(LineSeries::new(line.clone(), colour.stroke_width(2)).point_size(3))?
            .label(peer)
            .legend(move |(x, y)| PathElement::new([(x, y), (x + 18, y)], colour.stroke_width(2)));
    }
    chart
        .configure_series_labels()
        .position(SeriesLabelPosition::UpperLeft)
        .background_style(WHITE)
        .label_font(("sans-serif", 13))
        .draw()?;
    Ok(())
}

fn thousands(articles: f64) -> String {
    if articles >= 1e6 { format!("{} M", articles / 1e6) } else { format!("{} k", articles / 1e3) }
}
