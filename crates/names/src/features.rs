//! The features of a token among its neighbours, each known by a hash alone.

use crate::tokens::{Look, Token};

/// Most features of a token.
pub const MOST: usize = 64;

/// The features of one token.
#[derive(Debug, Clone, Copy)]
pub struct Features {
    hashes: [u64; MOST],
    count: usize,
}

impl Features {
    /// Their hashes, in the order of the templates.
    #[must_use]
    pub fn as_slice(&self) -> &[u64] {
        self.hashes.get(..self.count).unwrap_or_default()
    }
}

/// Five tokens, the one that is looked at in the middle.
#[derive(Debug, Clone, Copy)]
pub struct Window<'a> {
    /// Two before.
    pub before2: &'a Token,
    /// One before.
    pub before: &'a Token,
    /// The token.
    pub token: &'a Token,
    /// One behind.
    pub behind: &'a Token,
    /// Two behind.
    pub behind2: &'a Token,
}

/// The features of a token.
#[must_use]
pub fn features(window: &Window<'_>) -> Features {
    let mut found = Features { hashes: [0; MOST], count: 0 };
    let mut template = 0_u64;
    let mut add = |value: u64| {
        template = template.wrapping_add(0x632b_e59b_d9b4_e019);
        if value != 0 {
            let mixed = (value ^ template).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            let mixed = (mixed ^ (mixed >> 31)).wrapping_mul(0xd6e8_feb8_6659_fd93);
            if let Some(slot) = found.hashes.get_mut(found.count) {
                *slot = mixed ^ (mixed >> 29);
                found.count += 1;
            }
        }
    };
    let Window { before2, before, token, behind, behind2 } = *window;
    let first = u64::from(before.look == Look::Edge || matches!(before.look, Look::Sign) && before2.look == Look::Edge);
    let pair = |a: u64, b: u64| {
        if a == 0 || b == 0 { 0 } else { (a.rotate_left(17) ^ b).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1 }
    };
    let fine = |token: &Token| u64::from(token.known.fine());
    let coarse = |token: &Token| u64::from(token.known.coarse());
    let habit = |token: &Token| u64::from(token.known.habit());
    // always
    add(1);
    add(2 + first);
    add(token.word);
    add(before.word);
    add(behind.word);
    add(before2.word);
    add(behind2.word);
    add(token.begins[0]);
    add(token.begins[1]);
    for end in token.ends {
        add(end);
    }
    add(token.shape);
    add(pair(token.shape, 1 + first));
    add(pair(before.shape, token.shape));
    add(pair(token.shape, behind.shape));
    add(before.ends[1]);
    add(before.ends[2]);
    add(behind.ends[2]);
    add(pair(before.word, token.word));
    add(pair(token.word, behind.word));
    add(fine(token));
    add(fine(before));
    add(fine(behind));
    add(fine(before2));
    add(fine(behind2));
    add(coarse(token));
    add(pair(coarse(before), coarse(token)));
    add(pair(coarse(token), coarse(behind)));
    add(pair(coarse(before), token.shape));
    add(pair(coarse(behind), token.shape));
    add(pair(pair(coarse(before), coarse(token)), coarse(behind)));
    add(habit(token));
    add(habit(before));
    add(habit(behind));
    add(pair(habit(token), habit(behind)));
    add(pair(habit(before), habit(token)));
    add(pair(u64::from(token.known.is_place()), 1 + u64::from(behind.known.is_place())));
    let listed = |token: &Token| {
        let capital = token.look == Look::Capital;
        u64::from(token.known.is_place()) + 2 * u64::from(capital && token.known.is_inner()) + 4 * u64::from(capital)
    };
    add(pair(1 + listed(before), pair(1 + listed(token), 1 + listed(behind))));
    add(pair(before.word, 1 + listed(token)));
    add(pair(listed(token), 1 + fine(behind)));
    add(listed(token));
    add(pair(fine(before), fine(token)));
    add(pair(fine(token), fine(behind)));
    add(pair(pair(habit(before), habit(token)), 1 + habit(behind)));
    add(pair(before.word, pair(1 + habit(token), token.shape)));
    add(pair(before.word, behind.word));
    add(pair(coarse(before), 1 + coarse(behind)));
    add(pair(before2.word, before.word));
    add(pair(before.ends[2], token.shape));
    add(pair(behind.ends[1], token.shape));
    let status = |token: &Token| 1 + token.status as u64 + 8 * u64::from(token.genitive);
    add(status(token));
    add(pair(status(token), 1 + first));
    add(pair(pair(status(token), 1 + first), 1 + coarse(behind)));
    add(pair(status(token), coarse(before)));
    add(pair(status(token), coarse(behind)));
    add(pair(status(token), before.word));
    add(pair(status(token), pair(status(before), status(behind))));
    add(pair(status(token), token.ends[1]));
    if let Some([head, tail]) = token.pieces {
        add(1 + u64::from(tail.fine()));
        add(1 + u64::from(tail.coarse()));
        add(1 + u64::from(head.coarse()));
        add(1 + u64::from(tail.listed().0 | head.listed().0 << 8));
    }
    add(pair(coarse(before2), coarse(before)));
    add(pair(coarse(behind), coarse(behind2)));
    found
}
