//! What a query is searched as: its words with all their expansions, settled once, for matching, ranking, marking and explaining.

pub mod decompound;
pub mod exclusion;
pub mod expansion;
pub mod explain;
pub mod nearest;
pub mod pattern;
pub mod position_expr;
pub mod ranking;
pub mod request;
pub mod words;
