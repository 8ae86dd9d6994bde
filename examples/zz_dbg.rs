use findbuch::german::*;
fn main(){ for w in std::env::args().skip(1){ let f=fold(&w); println!("{f} {:?} {:?}", hypher::hyphenate(&f, hypher::Lang::German).collect::<Vec<_>>(), Splitter::default().split(&f,true).into_iter().map(|r|f[r].to_owned()).collect::<Vec<_>>()); } }
