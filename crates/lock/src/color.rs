//! Chooses text colours that stay readable on any colour of a page.

mod rules;

pub(crate) use rules::rules;

/// A colour as a browser computes it: red, green and blue, each 0 to 255.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Color([f32; 3]);

/// The least contrast that the dialog accepts for text. WCAG 2.2 (1.4.3) asks for 4.5; the rest makes up for
/// the error of the luminance computed here.
pub const READABLE: f32 = 4.8;

impl Color {
    /// White.
    pub const WHITE: Self = Self([255.0; 3]);
    /// Black.
    pub const BLACK: Self = Self([0.0; 3]);

    /// Parses a colour as `getComputedStyle` writes it: `rgb(1, 2, 3)`, `rgba(1, 2, 3, 0.5)` or `color(srgb
    /// 0.1 0.2 0.3)`. The alpha value is ignored.
    ///
    /// The parser is written by hand because the number parser of the standard library brings large tables
    /// into the wasm.
    #[must_use]
    pub fn parse(computed: &str) -> Option<Self> {
        let scale = if computed.starts_with("rgb") {
            1.0
        } else if computed.starts_with("color(srgb ") {
            255.0
        } else {
            return None;
        };
        let (mut parts, mut count) = ([0.0; 3], 0);
        // The value of the next digit of the current number, below 1 after the decimal point. 0 outside of a
        // number.
        let mut place = 0.0;
        for byte in computed.bytes() {
            let digit = f32::from(byte.wrapping_sub(b'0'));
            if byte == b'.' && place > 0.0 {
                place = 0.1;
            } else if digit > 9.0 {
                place = 0.0;
            } else {
                if place == 0.0 {
                    count += 1;
                    place = 1.0;
                }
                let Some(part) = parts.get_mut(count - 1) else {
                    break;
                };
                if place < 1.0 {
                    *part += place * digit;
                    place *= 0.1;
                } else {
                    *part = *part * 10.0 + digit;
                }
            }
        }
        (count >= 3).then(|| Self(parts.map(|part| part * scale)))
    }

    /// Relative luminance (WCAG 2.2), 0 to 1. A polynomial stands in for sRGB's transfer curve: it is exact
    /// enough to choose between two colours, and it keeps `powf` out of the wasm.
    fn luminance(self) -> f32 {
        let [red, green, blue] = self.0.map(|part| {
            let part = (part / 255.0).clamp(0.0, 1.0);
            // sRGB's curve runs between x² and x³.
            part * part * (0.75 + 0.25 * part)
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// The contrast ratio of two colours, 1 to 21 (WCAG 2.2, "contrast ratio").
    #[must_use]
    pub fn contrast(self, other: Self) -> f32 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    /// The more readable of white and black on this colour, as CSS. One of the two always reaches the
    /// contrast that WCAG asks for.
    #[must_use]
    pub fn text_on(self) -> &'static str {
        if self.contrast(Self::WHITE) >= self.contrast(Self::BLACK) {
            "#fff"
        } else {
            "#000"
        }
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use rstest::rstest;

    use super::*;

    /// Relative luminance exactly as WCAG defines it, to measure the approximation by.
    fn exact_luminance(color: Color) -> f32 {
        let [red, green, blue] = color.0.map(|part| {
            let part = part / 255.0;
            if part <= 0.04045 {
                part / 12.92
            } else {
                ((part + 0.055) / 1.055).powf(2.4)
            }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    #[rstest]
    #[case("rgb(234, 83, 35)", Some([234.0, 83.0, 35.0]))]
    #[case("rgba(1, 2, 3, 0.5)", Some([1.0, 2.0, 3.0]))]
    #[case("rgb(1 2 3 / 0.5)", Some([1.0, 2.0, 3.0]))]
    #[case("color(srgb 1 0 0.2)", Some([255.0, 0.0, 51.0]))]
    #[case("oklch(0.5 0.1 20)", None)]
    #[case("", None)]
    #[case("rgb(1, 2)", None)]
    fn computed_colours_are_parsed(#[case] computed: &str, #[case] expected: Option<[f32; 3]>) {
        assert_eq!(Color::parse(computed), expected.map(Color));
    }

    fn exact_contrast(one: Color, other: Color) -> f32 {
        let (one, two) = (exact_luminance(one), exact_luminance(other));
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    /// Every third value of each channel.
    fn colors() -> impl Iterator<Item = Color> {
        let parts = || (0..=255u8).step_by(3).map(f32::from);
        let pairs = move || parts().flat_map(move |red| parts().map(move |green| (red, green)));
        pairs().flat_map(move |(red, green)| parts().map(move |blue| Color([red, green, blue])))
    }

    #[test]
    fn text_can_be_read_on_every_colour() {
        for color in colors() {
            let text = if color.text_on() == "#fff" {
                Color::WHITE
            } else {
                Color::BLACK
            };
            let contrast = exact_contrast(color, text);
            assert!(contrast >= 4.5, "{color:?} {contrast}");
        }
    }

    #[test]
    fn a_readable_colour_is_readable_on_either_surface() {
        for surface in [Color::WHITE, Color([23.0, 27.0, 35.0])] {
            for color in colors().filter(|color| color.contrast(surface) >= READABLE) {
                let contrast = exact_contrast(color, surface);
                assert!(contrast >= 4.5, "{color:?} on {surface:?}: {contrast}");
            }
        }
    }
}
