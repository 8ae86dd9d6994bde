//! Words of a page to lines, lines to blocks, and blocks to the order in which they are read.
//!
//! What a page draws one after the other most often belongs together, so lines and blocks grow along that order as long as their
//! places agree. Blocks that stand below each other in a column are joined. The order of drawing stays, unless too many of its
//! steps lead against the order of columns: T. Breuel, *High Performance Document Layout Analysis* (2003), whose two rules say
//! which of two blocks comes first.

use super::words::Word;

/// Most blocks whose places are compared with each other.
const MAX_COMPARED: usize = 1500;
/// Most blocks that are put in another order than they are drawn in.
const MAX_ORDERED: usize = 500;
/// Gap between words of a line, in parts of the size, and between those that one operation has drawn.
const LINE_GAP: f32 = 1.2;
const RUN_GAP: f32 = 2.5;
/// How far the baselines of a line may be off.
const LEVEL: f32 = 0.35;
/// Largest distance of two baselines of a block, in parts of the size, where the page does not have wider lines; and how much
/// wider than usual it may be.
const MAX_LEADING: f32 = 1.75;
const WIDEST_LEADING: f32 = 3.0;
const WIDER_LEADING: f32 = 1.2;
/// The smaller size of two lines of a block by the larger; sizes that a recogniser of letters has guessed may differ more.
const SAME_SIZE: f32 = 0.87;
const SAME_GUESSED_SIZE: f32 = 0.5;
/// Part of the narrower line that must stand below the wider.
const BELOW: f32 = 0.5;
/// Part of the steps of the drawing order that may lead against the order of columns.
const MAX_AGAINST: f32 = 0.08;

/// Words on one baseline.
#[derive(Debug, Clone)]
pub struct Line {
    pub words: Vec<Word>,
    pub left: f32,
    pub right: f32,
    pub baseline: f32,
    pub size: f32,
}

/// Lines that follow each other.
#[derive(Debug, Clone)]
pub struct Block {
    pub lines: Vec<Line>,
    pub left: f32,
    pub right: f32,
    pub top: f32,
    pub bottom: f32,
    pub size: f32,
    pub turn: u8,
    pub hidden: bool,
}

impl Line {
    fn of(word: Word) -> Line {
        Line { left: word.left, right: word.right, baseline: word.baseline, size: word.size, words: vec![word] }
    }

    fn push(&mut self, word: Word) {
        self.left = self.left.min(word.left);
        self.right = self.right.max(word.right);
        self.size = self.size.max(word.size);
        self.words.push(word);
    }

    /// Its words with a space between two.
    pub fn text(&self) -> String {
        self.words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ")
    }

    fn turn(&self) -> u8 {
        self.words.first().map_or(0, |word| word.turn)
    }

    fn hidden(&self) -> bool {
        self.words.first().is_some_and(|word| word.hidden)
    }

    fn letters(&self) -> usize {
        self.words.iter().map(|word| word.text.chars().count()).sum()
    }
}

/// The lines in the order of drawing.
pub fn lines(words: Vec<Word>) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for word in words {
        match lines.last_mut() {
            Some(line) if goes_on(line, &word) => line.push(word),
            _ => lines.push(Line::of(word)),
        }
    }
    lines
}

fn goes_on(line: &Line, word: &Word) -> bool {
    let Some(last) = line.words.last() else { return false };
    let size = line.size.max(word.size);
    let gap = word.left - last.right;
    let most = size * if last.last_run == word.run { RUN_GAP } else { LINE_GAP };
    last.turn == word.turn
        && last.hidden == word.hidden
        && (word.baseline - line.baseline).abs() <= size * LEVEL
        && (-size * 0.6..=most).contains(&gap)
}

/// The blocks of a page in the order in which they are read.
pub fn blocks(lines: Vec<Line>) -> Vec<Block> {
    let leading = most_leading(&lines);
    let blocks = in_columns(along_drawing(lines, leading), leading);
    let mut blocks = in_reading_order(blocks);
    for block in &mut blocks {
        block.settle();
    }
    with_initials(blocks)
}

impl Block {
    fn of(line: Line) -> Block {
        let (top, bottom) = (line.baseline - line.size * 0.8, line.baseline + line.size * 0.2);
        Block {
            left: line.left,
            right: line.right,
            top,
            bottom,
            size: line.size,
            turn: line.turn(),
            hidden: line.hidden(),
            lines: vec![line],
        }
    }

    fn append(&mut self, other: Block) {
        self.left = self.left.min(other.left);
        self.right = self.right.max(other.right);
        self.top = self.top.min(other.top);
        self.bottom = self.bottom.max(other.bottom);
        self.lines.extend(other.lines);
    }

    fn middle(&self) -> f32 {
        f32::midpoint(self.top, self.bottom)
    }

    /// Whether two blocks have a stretch of the width in common, and whether they have one of the height in common and none of the width.
    fn is_in_column(&self, other: &Block) -> bool {
        overlap((self.left, self.right), (other.left, other.right)) > 0.1
    }

    fn is_beside(&self, other: &Block) -> bool {
        !self.is_in_column(other) && overlap((self.top, self.bottom), (other.top, other.bottom)) > 0.1
    }

    fn last(&self) -> Option<&Line> {
        self.lines.last()
    }

    /// Sorts the lines from top to bottom, joins what stands on one baseline, and takes the size that most letters have.
    fn settle(&mut self) {
        self.lines.sort_by(|a, b| a.baseline.total_cmp(&b.baseline));
        let mut rows: Vec<Vec<Line>> = Vec::new();
        for line in self.lines.drain(..) {
            match rows.last_mut() {
                Some(row) if row.iter().all(|other| level(other, &line) && apart(other, &line)) => row.push(line),
                _ => rows.push(vec![line]),
            }
        }
        self.lines = rows
            .into_iter()
            .filter_map(|mut row| {
                row.sort_by(|a, b| a.left.total_cmp(&b.left));
                let mut row = row.into_iter();
                let first = row.next()?;
                Some(row.fold(first, |mut line, next| {
                    next.words.into_iter().for_each(|word| line.push(word));
                    line
                }))
            })
            .collect();
        let mut sizes: Vec<(f32, usize)> = self.lines.iter().map(|line| (line.size, line.letters())).collect();
        self.size = median(&mut sizes).unwrap_or(self.size);
    }
}

/// The value below which half of the weight is.
pub fn median(values: &mut [(f32, usize)]) -> Option<f32> {
    values.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half = values.iter().map(|(_, weight)| weight).sum::<usize>() / 2;
    let mut sum = 0;
    values.iter().find_map(|(value, weight)| {
        sum += weight;
        (sum > half).then_some(*value)
    })
}

fn level(a: &Line, b: &Line) -> bool {
    (a.baseline - b.baseline).abs() <= a.size.min(b.size) * LEVEL
}

/// Whether two lines of one height stand beside each other.
fn apart(a: &Line, b: &Line) -> bool {
    a.right <= b.left + a.size * 0.3 || b.right <= a.left + a.size * 0.3
}

fn same_size(a: f32, b: f32, guessed: bool) -> bool {
    a.min(b) >= a.max(b) * if guessed { SAME_GUESSED_SIZE } else { SAME_SIZE }
}

/// Part of the narrower of two stretches that the other covers.
fn overlap(a: (f32, f32), b: (f32, f32)) -> f32 {
    let common = a.1.min(b.1) - a.0.max(b.0);
    common / (a.1 - a.0).min(b.1 - b.0).max(1.0)
}

/// Largest distance of two baselines of a block on a page with these lines, in parts of the size.
fn most_leading(lines: &[Line]) -> f32 {
    let mut leadings: Vec<(f32, usize)> = lines
        .windows(2)
        .filter(|pair| is_below(&pair[0], &pair[1], WIDEST_LEADING))
        .map(|pair| ((pair[1].baseline - pair[0].baseline) / pair[1].size, pair[1].letters()))
        .collect();
    median(&mut leadings).map_or(MAX_LEADING, |usual| MAX_LEADING.max(usual * WIDER_LEADING))
}

/// Whether a line stands right below another of its size.
fn is_below(upper: &Line, lower: &Line, most: f32) -> bool {
    let size = lower.size.max(upper.size);
    upper.turn() == lower.turn()
        && upper.hidden() == lower.hidden()
        && same_size(lower.size, upper.size, upper.hidden())
        && (size * 0.3..=size * most).contains(&(lower.baseline - upper.baseline))
        && overlap((lower.left, lower.right), (upper.left, upper.right)) >= BELOW
}

/// Blocks of lines that are drawn one after the other, each right below the one before.
fn along_drawing(lines: Vec<Line>, leading: f32) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    for line in lines {
        let below = blocks.last().is_some_and(|block| {
            let widened = |last: &Line| Line { left: block.left, right: block.right, ..last.clone() };
            block.last().is_some_and(|last| is_below(&widened(last), &line, leading))
        });
        match blocks.last_mut() {
            Some(block) if below => block.append(Block::of(line)),
            _ => blocks.push(Block::of(line)),
        }
    }
    blocks
}

/// Joins blocks that were drawn apart and stand below each other in a column, or beside each other on a line.
fn in_columns(mut blocks: Vec<Block>, leading: f32) -> Vec<Block> {
    if blocks.len() > MAX_COMPARED {
        return blocks;
    }
    loop {
        let Some((upper, lower)) = joint(&blocks, leading) else { return blocks };
        let (kept, gone) = (upper.min(lower), upper.max(lower));
        let other = blocks.remove(gone);
        if let Some(block) = blocks.get_mut(kept) {
            block.append(other);
            block.lines.sort_by(|a, b| a.baseline.total_cmp(&b.baseline));
        }
    }
}

/// Two blocks that are one.
fn joint(blocks: &[Block], leading: f32) -> Option<(usize, usize)> {
    blocks.iter().enumerate().find_map(|(at, upper)| {
        let below = blocks.iter().enumerate().filter(|(other, lower)| {
            *other != at
                && lower.turn == upper.turn
                && lower.top > upper.top
                && overlap((upper.left, upper.right), (lower.left, lower.right)) > 0.05
        });
        let (next, lower) = below.min_by(|a, b| a.1.top.total_cmp(&b.1.top))?;
        let gap = lower.top - upper.bottom;
        let size = upper.size.max(lower.size);
        let edges = (upper.left - lower.left).abs() <= size * 1.5
            && ((upper.right - lower.right).abs() <= size * 1.5
                || upper.lines.len() > 1 && lower.lines.len() == 1 && lower.right <= upper.right + size
                || lower.lines.len() > 1 && upper.lines.len() == 1 && upper.right <= lower.right + size);
        let joined = upper.hidden == lower.hidden
            && same_size(upper.size, lower.size, upper.hidden)
            && (-size * 0.5..=size * (leading - 1.0)).contains(&gap)
            && edges;
        joined.then_some((at, next))
    })
}

/// Whether `a` is read before `b`: it stands above it in a column, or in a column to the left with nothing between that spans both.
/// Blocks of which neither stands beside the column of the other are read from top to bottom.
fn before(a: &Block, b: &Block, blocks: &[Block]) -> bool {
    if a.turn != b.turn {
        return a.turn < b.turn;
    }
    let (a_middle, b_middle) = (a.middle(), b.middle());
    if a.is_in_column(b) {
        return a_middle < b_middle;
    }
    if a.is_beside(b) {
        return a.left < b.left;
    }
    let (upper, lower) = if a_middle < b_middle { (a, b) } else { (b, a) };
    let mut goes_on = false;
    for block in blocks.iter().filter(|block| block.turn == a.turn) {
        match (block.is_in_column(upper), block.is_in_column(lower)) {
            (true, true) if (upper.middle()..lower.middle()).contains(&block.middle()) => return a_middle < b_middle,
            (false, true) => goes_on |= block.is_beside(upper),
            (true, false) => goes_on |= block.is_beside(lower),
            _ => {}
        }
    }
    if goes_on { a.left < b.left } else { a_middle < b_middle }
}

fn in_reading_order(blocks: Vec<Block>) -> Vec<Block> {
    let count = blocks.len();
    if !(2..=MAX_ORDERED).contains(&count) {
        return blocks;
    }
    let against = blocks.windows(2).filter(|pair| before(&pair[1], &pair[0], &blocks)).count();
    if against as f32 <= (count - 1) as f32 * MAX_AGAINST {
        return blocks;
    }
    let mut open: Vec<Vec<bool>> =
        blocks.iter().map(|b| blocks.iter().map(|a| before(a, b, &blocks)).collect()).collect();
    let mut order = Vec::with_capacity(count);
    let mut done = vec![false; count];
    for _ in 0..count {
        // a circle is opened at the block that least is missing before
        let waiting = |at: &usize| open.get(*at).map_or(0, |row| row.iter().filter(|missing| **missing).count());
        let Some(next) = (0..count).filter(|at| !done.get(*at).copied().unwrap_or(true)).min_by_key(waiting) else {
            break;
        };
        order.push(next);
        if let Some(done) = done.get_mut(next) {
            *done = true;
        }
        for row in &mut open {
            if let Some(missing) = row.get_mut(next) {
                *missing = false;
            }
        }
    }
    let mut blocks: Vec<Option<Block>> = blocks.into_iter().map(Some).collect();
    order.into_iter().filter_map(|at| blocks.get_mut(at)?.take()).collect()
}

/// Puts large initials back before the first words of their paragraphs.
fn with_initials(mut blocks: Vec<Block>) -> Vec<Block> {
    while let Some((initial, text)) = initial(&blocks) {
        let Some(letter) = blocks.get(initial).and_then(|block| block.lines.first()?.words.first()).cloned() else {
            break;
        };
        let word = blocks.get_mut(text).and_then(|block| block.lines.first_mut()?.words.first_mut());
        if let Some(word) = word {
            if letter.text.chars().count() == 1 {
                word.text.insert_str(0, &letter.text);
            } else {
                word.text = format!("{} {}", letter.text, word.text);
            }
        }
        blocks.remove(initial);
    }
    blocks
}

fn initial(blocks: &[Block]) -> Option<(usize, usize)> {
    blocks.iter().enumerate().find_map(|(at, block)| {
        let [Line { words, .. }] = block.lines.as_slice() else { return None };
        let [Word { text, .. }] = words.as_slice() else { return None };
        if text.chars().count() > 2
            || !text.starts_with(|c: char| c.is_uppercase() || "„»\"“".contains(c))
            || !text.ends_with(char::is_uppercase)
        {
            return None;
        }
        let fits = |text: &Block| {
            text.size * 1.8 <= block.size
                && text.turn == block.turn
                && text.lines.first().is_some_and(|line| {
                    let top = line.baseline - line.size * 0.8;
                    (-block.size * 0.3..=block.size * 0.5).contains(&(line.left - block.right))
                        && (top - block.top).abs() <= block.size * 0.4
                })
        };
        Some((at, blocks.iter().position(fits)?))
    })
}

/// The paragraphs of a block, each with its lines.
pub fn paragraphs(block: &Block) -> Vec<Vec<String>> {
    let mut paragraphs: Vec<Vec<String>> = Vec::new();
    let leadings: Vec<f32> = block.lines.windows(2).map(|pair| pair[1].baseline - pair[0].baseline).collect();
    let usual = median(&mut leadings.iter().map(|leading| (*leading, 1)).collect::<Vec<_>>()).unwrap_or(block.size);
    let mut before: Option<&Line> = None;
    for line in &block.lines {
        let begins = before.is_none_or(|before| {
            let indented = line.left > block.left + line.size * 0.6 && before.left < line.left - line.size * 0.5;
            let spaced = line.baseline - before.baseline > usual * 1.3;
            let short = before.right < block.right - line.size * 3.0;
            let ended = before.words.last().is_some_and(|word| {
                word.text.trim_end_matches(['“', '”', '"', '»', '«', ')']).ends_with(['.', '!', '?', ':', '…'])
            });
            let full = block.lines.len() > 2;
            spaced
                || full
                    && (indented && !before.words.last().is_some_and(|word| word.text.ends_with('-')) || short && ended)
        });
        match paragraphs.last_mut() {
            Some(paragraph) if !begins => paragraph.push(line.text()),
            _ => paragraphs.push(vec![line.text()]),
        }
        before = Some(line);
    }
    paragraphs
}
