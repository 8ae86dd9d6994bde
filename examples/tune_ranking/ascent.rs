//! Coordinate ascent to the middle of flat stretches; every point is measured once.

use crate::FLAT;
use crate::sets::Set;
use findbuch_engine::{Engine, EngineError, Prepared, Ranking, Weight};
use std::collections::HashMap;

/// What each weight is multiplied by to be tried.
const MULTIPLES: [f32; 9] = [0.0, 0.25, 0.5, 0.7, 1.0, 1.4, 2.0, 2.8, 4.0];

/// The weights that judged queries can tell something about: names, synonyms and days are too rare in them.
pub fn tuned() -> Vec<Weight> {
    let unknown = ["name", "synonym", "decompounded", "window", "around", "around_days"];
    Weight::ALL.into_iter().filter(|weight| !unknown.contains(&weight.name)).collect()
}

/// Measures points.
pub struct Ascent<'a> {
    sets: &'a [Set],
    engines: &'a [Box<dyn Engine>],
    prepared: Vec<Vec<Prepared<'a>>>,
    known: HashMap<(String, usize), Vec<f64>>,
}

impl<'a> Ascent<'a> {
    /// Prepares all queries.
    pub fn new(sets: &'a [Set], engines: &'a [Box<dyn Engine>]) -> Result<Ascent<'a>, Box<dyn std::error::Error>> {
        let prepared =
            sets.iter().zip(engines).map(|(set, engine)| set.prepared(&**engine)).collect::<Result<_, _>>()?;
        Ok(Ascent { sets, engines, prepared, known: HashMap::new() })
    }

    /// The nDCG@10 of each query of a set.
    pub fn figures(&mut self, point: &Ranking, set: usize) -> Result<Vec<f64>, EngineError> {
        let key = (format!("{point:?}"), set);
        if let Some(known) = self.known.get(&key) {
            return Ok(known.clone());
        }
        let (of, engine, prepared) = (&self.sets[set], &*self.engines[set], &self.prepared[set]);
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let measure = |first: usize| {
            let own = prepared.iter().enumerate().skip(first).step_by(threads);
            own.map(|(number, prepared)| Ok((number, of.figure(number, prepared, engine, *point)?)))
                .collect::<Result<Vec<_>, EngineError>>()
        };
        let measured: Vec<_> = std::thread::scope(|scope| {
            let workers: Vec<_> = (0..threads).map(|first| scope.spawn(move || measure(first))).collect();
            workers.into_iter().map(|worker| worker.join().expect("a worker that does not panic")).collect()
        });
        let mut figures = vec![0.0; prepared.len()];
        for part in measured {
            for (number, figure) in part? {
                figures[number] = figure;
            }
        }
        self.known.insert(key, figures.clone());
        Ok(figures)
    }

    /// The mean of the sets' means.
    pub fn mean(&mut self, point: &Ranking, sets: &[usize]) -> Result<f64, EngineError> {
        let mut sum = 0.0;
        for set in sets {
            let figures = self.figures(point, *set)?;
            sum += figures.iter().sum::<f64>() / figures.len().max(1) as f64;
        }
        Ok(sum / sets.len().max(1) as f64)
    }

    /// The figure at several values of a weight, rising.
    pub fn curve(&mut self, point: &Ranking, weight: Weight, sets: &[usize]) -> Result<Vec<(f32, f64)>, EngineError> {
        let now = weight.of(point);
        let mut curve = Vec::new();
        for multiple in MULTIPLES {
            let value = if weight.name == "b" { (now * multiple).min(1.0) } else { now * multiple };
            let mut other = *point;
            if curve.last().is_some_and(|(last, _)| *last >= value) || other.set(weight.name, value, false).is_err() {
                continue;
            }
            curve.push((value, self.mean(&other, sets)?));
        }
        Ok(curve)
    }

    /// Moves each weight in turn to the middle of the flat stretch about the best.
    pub fn round(&mut self, start: Ranking, sets: &[usize]) -> Result<Ranking, EngineError> {
        let mut point = start;
        for weight in tuned() {
            let curve = self.curve(&point, weight, sets)?;
            if let Some(value) = middle(&curve, weight.of(&point)) {
                let mut moved = point;
                // the curve has tried this stretch, so that its middle can be set
                point = moved.set(weight.name, value, false).map_or(point, |()| moved);
            }
        }
        Ok(point)
    }
}

/// The middle of the stretch about the best value in which the figure stays near it; nothing where the value at hand lies there too and
/// the middle is no further than a step.
fn middle(curve: &[(f32, f64)], now: f32) -> Option<f32> {
    let best = curve.iter().enumerate().max_by(|a, b| a.1.1.total_cmp(&b.1.1))?.0;
    let flat = |at: &usize| curve[*at].1 >= curve[best].1 - FLAT;
    let first = (0..=best).rev().take_while(flat).last()?;
    let last = (best..curve.len()).take_while(flat).last()?;
    let (from, until) = (curve[first].0, curve[last].0);
    let middle = if from > 0.0 { (from * until).sqrt() } else { until / 2.0 };
    let steps = (middle / now.max(f32::MIN_POSITIVE)).ln().abs();
    (now < from || now > until || steps > 0.2).then_some(middle)
}
