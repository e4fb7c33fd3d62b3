//! Draws a captcha. The letters are lines, so that the file does not contain the solution as text.

use std::fmt::Write as _;

use crate::random::Random;

/// Letters that look different from each other, each as lines on a grid of 4 by 6.
const GLYPHS: [(char, &str); 20] = [
    ('A', "M0 6 2 0 4 6M1 4h2"),
    ('C', "M4 1 3 0H1L0 1v4l1 1h2l1-1"),
    ('E', "M4 0H0v6h4M0 3h3"),
    ('F', "M4 0H0v6M0 3h3"),
    ('H', "M0 0v6M4 0v6M0 3h4"),
    ('K', "M0 0v6M4 0 0 3l4 3"),
    ('L', "M0 0v6h4"),
    ('M', "M0 6V0l2 3 2-3v6"),
    ('N', "M0 6V0l4 6V0"),
    ('P', "M0 6V0h3l1 1v1L3 3H0"),
    ('R', "M0 6V0h3l1 1v1L3 3H0m2 0 2 3"),
    ('T', "M0 0h4M2 0v6"),
    ('U', "M0 0v5l1 1h2l1-1V0"),
    ('W', "M0 0l1 6 1-3 1 3 1-6"),
    ('X', "M0 0l4 6M4 0 0 6"),
    ('Y', "M0 0l2 3 2-3M2 3v3"),
    ('3', "M0 0h4L2 2.5 4 4v1L3 6H1L0 5"),
    ('4', "M3 6V0L0 4h4"),
    ('7', "M0 0h4L1 6"),
    ('9', "M4 2 3 3H1L0 2V1l1-1h2l1 1v4L3 6H1L0 5"),
];

/// `length` letters, each equally likely.
pub(super) fn letters(length: usize, random: &mut Random) -> String {
    let glyph = |_| GLYPHS.get(below(random, 20)).map(|(letter, _)| *letter);
    (0..length).filter_map(glyph).collect()
}

/// The letters of `text`, shifted and turned, under two lines.
pub(super) fn svg(text: &str, random: &mut Random) -> String {
    let mut svg = String::from(
        r##"<svg xmlns="http://www.w3.org/2000/svg" width="240" height="80" viewBox="0 0 240 80"><rect width="240" height="80" rx="12" fill="#eef2fb"/><g fill="none" stroke="#1c2a4a" stroke-width=".85" stroke-linecap="round" stroke-linejoin="round">"##,
    );
    for (at, letter) in text.chars().enumerate() {
        let path = GLYPHS.iter().find(|(known, _)| *known == letter);
        let (x, y) = (20 + at * 35 + below(random, 7), 17 + below(random, 9));
        let turn = below(random, 33);
        let _ = write!(
            svg,
            r#"<path transform="translate({x} {y}) rotate({turn} 2 3) rotate(-16) scale(6.4)" d="{}"/>"#,
            path.map_or("", |(_, lines)| lines)
        );
    }
    svg.push_str(r##"</g><g fill="none" stroke="#5b76b5" stroke-width="1.6">"##);
    for _ in 0..2 {
        let mut y = || 12 + below(random, 56);
        let _ = write!(
            svg,
            r#"<path d="M6 {}C80 {} 160 {} 234 {}"/>"#,
            y(),
            y(),
            y(),
            y()
        );
    }
    svg.push_str("</g></svg>");
    svg
}

/// An evenly distributed number below `end`, which is at most 128. Bytes from the greatest multiple of `end` on are drawn again.
fn below(random: &mut Random, end: usize) -> usize {
    let fair = 256 - 256 % end;
    loop {
        let [byte] = random.bytes::<1>();
        if usize::from(byte) < fair {
            return usize::from(byte) % end;
        }
    }
}
