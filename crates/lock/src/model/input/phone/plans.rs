//! Made by `scripts/phone-plans.mjs` from libphonenumber's data. Do not edit.

/// Numbering plans, the most frequent first: what is dialled before a number within the country (`!`: nothing, and a zero in front
/// belongs to the number), a dot, and how many digits mobile numbers have, each as a hexadecimal digit.
pub(super) const PLANS: &str = "0.9 .8 1.a .7 0.a .9 0.8 .6 0.89 .5 .78 .a 0.79 0.9a 0.ab !.9a .79 0.6789a 0.89a 8.a !.8 .4 .4567 .47 .57 .67 .69 .7a 0.56789 0.69 0.7 0.78 0.789 0.789a 0.789abcd 0.9abc 0.9b 0.b 06.9 1.7 8.8 8.9";

/// The plan of each country, in the order of the countries: the place of this character in `KEYS` is that of the plan.
pub(super) const PLAN_OF: &str = "22222JJ4SBa005cFF00Y444410115E0B6EE544D000Z4I104D0b44400X4000010G5115B111B1C604115335A5C55393000W100015000000011139LU3771550G011HH861A66fQ8K0I66868650C9311111AT1000630000363A173313O33379NR67P1M3d4118D403V0041001000111645e000522222222222222222222";

/// The characters that stand for plans.
pub(super) const KEYS: &str = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdef";
