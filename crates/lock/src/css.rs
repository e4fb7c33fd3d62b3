//! The style sheet, with comments and needless white space removed at compile time.

const SOURCE: &[u8] = include_bytes!("../style.css");

/// The dialog's style sheet. A page whose server renders the first screen has to include it.
pub const CSS: &str = match core::str::from_utf8(&STRIPPED) {
    Ok(css) => css,
    Err(_) => "",
};

const LENGTH: usize = strip(&mut [0; SOURCE.len()]);

const STRIPPED: [u8; LENGTH] = {
    let mut all = [0; SOURCE.len()];
    strip(&mut all);
    let mut stripped = [0; LENGTH];
    let (used, _) = all.split_at(LENGTH);
    stripped.copy_from_slice(used);
    stripped
};

/// Copies the source to `out` without comments and without white space that CSS ignores, and returns the
/// length. White space after a letter or a closing bracket can separate selectors or values, so one blank of
/// it stays.
#[expect(
    clippy::indexing_slicing,
    reason = "runs while compiling, where a fault is a compile error"
)]
const fn strip(out: &mut [u8; SOURCE.len()]) -> usize {
    let (mut from, mut to) = (0, 0);
    while from < SOURCE.len() {
        let byte = SOURCE[from];
        if byte == b'/' && SOURCE[from + 1] == b'*' {
            from += 2;
            while SOURCE[from] != b'*' || SOURCE[from + 1] != b'/' {
                from += 1;
            }
            from += 2;
            continue;
        }
        from += 1;
        let is_blank = byte.is_ascii_whitespace();
        let follows_end = to == 0 || matches!(out[to - 1], b'{' | b'}' | b';' | b',' | b':' | b' ');
        if is_blank && follows_end {
            continue;
        }
        if matches!(byte, b'{' | b'}') && to > 0 && out[to - 1] == b' ' {
            to -= 1;
        }
        out[to] = if is_blank { b' ' } else { byte };
        to += 1;
    }
    to
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    #[test]
    fn only_comments_and_white_space_are_removed() {
        let source = core::str::from_utf8(SOURCE).expect("UTF-8");
        let mut bare = String::new();
        for (at, part) in source.split("/*").enumerate() {
            bare += if at == 0 {
                part
            } else {
                part.split_once("*/").expect("an end").1
            };
        }
        let squeezed = |text: &str| text.split_whitespace().collect::<String>();
        assert_eq!(squeezed(CSS), squeezed(&bare));
        assert!(CSS.len() < SOURCE.len());
        assert!(!CSS.contains("  ") && !CSS.contains('\n'));
    }

    #[test]
    fn blanks_between_selectors_and_values_stay() {
        for text in [
            ".lk .lk-panel",
            "1px solid var(",
            ":where(:not(svg,path))",
            "rgb(16 24 40 / .32)",
        ] {
            assert!(CSS.contains(text), "{text}");
        }
    }
}
