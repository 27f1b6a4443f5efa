//! A checked standard as bytes: what a page fetches.
//!
//! Reading JSON by field names, with an error for whatever could be wrong, was a tenth of the page's
//! download. The build has checked everything; the page only takes the parts out again, in the order
//! in which they were put in. Bytes that do not fit give `None`. There is no version: the bytes and
//! the program that reads them come from one build, and nothing else is ever kept in this form.

use dabiao_core::formula::{Formula, Operation};
use dabiao_core::outcome::{Need, Operator};
use dabiao_core::rule::{
    Base, Basis, Between, Context, Direction, External, Growth, GrowthMeasure, Method, Parts, Rising, Rule, Threshold, Toward, YesNo,
};
use dabiao_core::standard::{Clause, Firmness, Group, Level, Levels, Reading, Responsibility};
use dabiao_core::{DepartmentIndex, Exact, Figure, FigureIndex, FigureKind, GroupIndex, Period, Scope, Standard, Unit};

use crate::document::{Applicability, Bundle, ClauseText, Document, FigureText, GroupText, Sample, Text};
use crate::file::{ContradictionRecord, DocumentRecord, PlaceRecord, QualifierRecord};

/// Which language of every text is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// Chinese.
    Chinese,
    /// English.
    English,
}

/// The bundle with its texts in one language.
#[must_use]
pub fn pack_bundle(bundle: &Bundle, language: Language) -> Vec<u8> {
    let mut out = Packer { bytes: Vec::new(), language };
    bundle.document.pack(&mut out);
    bundle.samples.pack(&mut out);
    out.bytes
}

/// The bundle again; the language that was packed stands for both. `None` if the bytes are not whole.
#[must_use]
pub fn unpack_bundle(bytes: &[u8]) -> Option<Bundle> {
    let mut input = bytes;
    let bundle = Bundle { document: Pack::unpack(&mut input)?, samples: Pack::unpack(&mut input)? };
    input.is_empty().then_some(bundle)
}

struct Packer {
    bytes: Vec<u8>,
    language: Language,
}

trait Pack: Sized {
    fn pack(&self, out: &mut Packer);
    fn unpack(input: &mut &[u8]) -> Option<Self>;
}

/// Numbers go seven bits a byte, the lowest first.
fn pack_number(mut number: u128, out: &mut Packer) {
    while number >= 0x80 {
        out.bytes.push(low_bits(number) | 0x80);
        number >>= 7;
    }
    out.bytes.push(low_bits(number));
}

fn low_bits(number: u128) -> u8 {
    u8::try_from(number & 0x7f).unwrap_or_default()
}

fn unpack_number(input: &mut &[u8]) -> Option<u128> {
    let mut number = 0_u128;
    for shift in (0..).step_by(7) {
        let byte = take(input, 1)?.first().copied()?;
        number |= u128::from(byte & 0x7f).checked_shl(shift)?;
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}

fn take<'a>(input: &mut &'a [u8], count: usize) -> Option<&'a [u8]> {
    let (head, tail) = input.split_at_checked(count)?;
    *input = tail;
    Some(head)
}

macro_rules! pack_numbers {
    ($($type:ty),+) => {
        $(impl Pack for $type {
            fn pack(&self, out: &mut Packer) {
                pack_number(u128::from(*self), out);
            }

            fn unpack(input: &mut &[u8]) -> Option<Self> {
                Self::try_from(unpack_number(input)?).ok()
            }
        })+
    };
}

pack_numbers!(u8, u16, u32);

impl Pack for bool {
    fn pack(&self, out: &mut Packer) {
        out.bytes.push(u8::from(*self));
    }

    fn unpack(input: &mut &[u8]) -> Option<Self> {
        Some(u8::unpack(input)? != 0)
    }
}

impl Pack for String {
    fn pack(&self, out: &mut Packer) {
        pack_number(self.len() as u128, out);
        out.bytes.extend(self.as_bytes());
    }

    fn unpack(input: &mut &[u8]) -> Option<Self> {
        let count = usize::try_from(unpack_number(input)?).ok()?;
        Self::from_utf8(take(input, count)?.to_vec()).ok()
    }
}

impl Pack for Text {
    fn pack(&self, out: &mut Packer) {
        match out.language {
            Language::Chinese => self.zh.pack(out),
            Language::English => self.en.pack(out),
        }
    }

    fn unpack(input: &mut &[u8]) -> Option<Self> {
        let text = String::unpack(input)?;
        Some(Self { zh: text.clone(), en: text })
    }
}

impl<T: Pack> Pack for Vec<T> {
    fn pack(&self, out: &mut Packer) {
        pack_number(self.len() as u128, out);
        self.iter().for_each(|item| item.pack(out));
    }

    fn unpack(input: &mut &[u8]) -> Option<Self> {
        let count = unpack_number(input)?;
        let mut items = Self::new();
        for _ in 0..count {
            items.push(T::unpack(input)?);
        }
        Some(items)
    }
}

impl<T: Pack> Pack for Option<T> {
    fn pack(&self, out: &mut Packer) {
        self.is_some().pack(out);
        if let Some(inner) = self {
            inner.pack(out);
        }
    }

    fn unpack(input: &mut &[u8]) -> Option<Self> {
        if bool::unpack(input)? { T::unpack(input).map(Some) } else { Some(None) }
    }
}

impl<T: Pack> Pack for Box<T> {
    fn pack(&self, out: &mut Packer) {
        (**self).pack(out);
    }

    fn unpack(input: &mut &[u8]) -> Option<Self> {
        T::unpack(input).map(Self::new)
    }
}

impl<A: Pack, B: Pack> Pack for (A, B) {
    fn pack(&self, out: &mut Packer) {
        self.0.pack(out);
        self.1.pack(out);
    }

    fn unpack(input: &mut &[u8]) -> Option<Self> {
        Some((A::unpack(input)?, B::unpack(input)?))
    }
}

impl<A: Pack, B: Pack, C: Pack> Pack for (A, B, C) {
    fn pack(&self, out: &mut Packer) {
        self.0.pack(out);
        self.1.pack(out);
        self.2.pack(out);
    }

    fn unpack(input: &mut &[u8]) -> Option<Self> {
        Some((A::unpack(input)?, B::unpack(input)?, C::unpack(input)?))
    }
}

impl Pack for Exact {
    fn pack(&self, out: &mut Packer) {
        self.is_negative().pack(out);
        pack_number(self.numerator().unsigned_abs(), out);
        pack_number(self.denominator().unsigned_abs(), out);
    }

    fn unpack(input: &mut &[u8]) -> Option<Self> {
        let is_negative = bool::unpack(input)?;
        let magnitude = i128::try_from(unpack_number(input)?).ok()?;
        let denominator = i128::try_from(unpack_number(input)?).ok()?;
        let numerator = if is_negative { magnitude.checked_neg()? } else { magnitude };
        Self::ratio(numerator, denominator).ok()
    }
}

/// Enums without data, by their positions in a list.
macro_rules! pack_choices {
    ($($type:ident: [$($variant:ident),+ $(,)?];)+) => {
        $(impl Pack for $type {
            fn pack(&self, out: &mut Packer) {
                const ALL: &[$type] = &[$($type::$variant),+];
                let position = ALL.iter().position(|other| other == self).unwrap_or_default();
                pack_number(position as u128, out);
            }

            fn unpack(input: &mut &[u8]) -> Option<Self> {
                const ALL: &[$type] = &[$($type::$variant),+];
                ALL.get(usize::from(u8::unpack(input)?)).copied()
            }
        })+
    };
}

pack_choices! {
    Scope: [TownSeat, Town, CountySeat, County, City, Province, Nearby, None];
    Level: [Town, County, City, Province];
    Firmness: [Commitment, Strive, Slogan];
    Applicability: [Encouraged, Conditional, Local];
    Operation: [Add, Subtract, Multiply, Divide];
    Operator: [AtLeast, MoreThan, AtMost, LessThan];
    Basis: [Level, Rank, Count];
    Direction: [Rising, Falling];
    GrowthMeasure: [Percent, PercentagePoint];
    Method: [Compound, Simple];
}

impl Pack for Unit {
    fn pack(&self, out: &mut Packer) {
        let position = Self::ALL.iter().position(|other| other == self).unwrap_or_default();
        pack_number(position as u128, out);
    }

    fn unpack(input: &mut &[u8]) -> Option<Self> {
        Self::ALL.get(usize::from(u8::unpack(input)?)).copied()
    }
}

impl Pack for Levels {
    fn pack(&self, out: &mut Packer) {
        self.iter().collect::<Vec<Level>>().pack(out);
    }

    fn unpack(input: &mut &[u8]) -> Option<Self> {
        Some(Vec::<Level>::unpack(input)?.into_iter().fold(Self::default(), Self::with))
    }
}

/// Positions in a list.
macro_rules! pack_indices {
    ($($type:ident),+) => {
        $(impl Pack for $type {
            fn pack(&self, out: &mut Packer) {
                self.0.pack(out);
            }

            fn unpack(input: &mut &[u8]) -> Option<Self> {
                u32::unpack(input).map(Self)
            }
        })+
    };
}

pack_indices!(FigureIndex, GroupIndex, DepartmentIndex);

/// Structs, field after field.
macro_rules! pack_fields {
    ($($type:ident { $($field:ident),+ $(,)? })+) => {
        $(impl Pack for $type {
            fn pack(&self, out: &mut Packer) {
                $(self.$field.pack(out);)+
            }

            fn unpack(input: &mut &[u8]) -> Option<Self> {
                Some(Self { $($field: Pack::unpack(input)?),+ })
            }
        })+
    };
}

pack_fields! {
    Figure { id, kind, scope, period, formula }
    Group { id, parent }
    Responsibility { department, lead }
    Reading { id, rule }
    Clause { id, group, departments, levels, contribution, firmness, due_year, readings }
    YesNo { figure }
    Threshold { figure, operator, value, basis }
    Between { figure, low, high }
    External { figure, operator, target }
    Toward { figure, baseline, baseline_year, target, target_year, direction }
    Growth { current, base, rate, value, measure, strict, over }
    Rising { series, until }
    Parts { need, of }
    Context { figure, baseline, target }
    GroupText { name, reference, ours }
    QualifierRecord { name, op, value, unit }
    ClauseText { reference, name, note, verb, due, applicability, condition, place, readings, contradictions, qualifiers }
    PlaceRecord { id, name, tier }
    ContradictionRecord { id, kind, name, printed, arithmetic, used, why }
    DocumentRecord { id, title, number, issuer, date, date_note, en, file, contradictions }
    Document { id, name, summary, guidance, places, source, standard, figures, groups, departments, clauses }
    Sample { id, standard, real, name, figures, not_applicable }
}

/// Enums with data, by a tag.
macro_rules! pack_variants {
    ($($type:ident { $($tag:literal $variant:ident $(($($item:ident),+))? $({ $($field:ident),+ })?),+ $(,)? })+) => {
        $(impl Pack for $type {
            fn pack(&self, out: &mut Packer) {
                match self {
                    $(Self::$variant $(($($item),+))? $({ $($field),+ })? => {
                        out.bytes.push($tag);
                        $($($item.pack(out);)+)?
                        $($($field.pack(out);)+)?
                    })+
                }
            }

            fn unpack(input: &mut &[u8]) -> Option<Self> {
                Some(match u8::unpack(input)? {
                    $($tag => {
                        $($(let $item = Pack::unpack(input)?;)+)?
                        $($(let $field = Pack::unpack(input)?;)+)?
                        Self::$variant $(($($item),+))? $({ $($field),+ })?
                    })+
                    _ => return None,
                })
            }
        })+
    };
}

pack_variants! {
    FigureKind { 0 Number { unit, min, max }, 1 YesNo }
    Period { 0 AssessmentYear, 1 PreviousYear, 2 BaseYear, 3 Year(year), 4 Planned, 5 None }
    Formula { 0 Figure(figure), 1 Constant(value), 2 Binary { operation, left, right } }
    Need { 0 All, 1 Any, 2 AtLeast(count) }
    Base { 0 PreviousYear, 1 Since { year, until, method }, 2 SinceFigure { year, until, method } }
    Rule {
        0 YesNo(rule),
        1 Threshold(rule),
        2 Between(rule),
        3 External(rule),
        4 Toward(rule),
        5 Growth(rule),
        6 Rising(rule),
        7 Parts(rule),
        8 Context(rule),
    }
}

/// The name in both languages, whatever language is packed: a column that is pasted from elsewhere may
/// be headed in either.
impl Pack for FigureText {
    fn pack(&self, out: &mut Packer) {
        self.name.zh.pack(out);
        self.name.en.pack(out);
        self.hint.pack(out);
        self.holder.pack(out);
        self.shared.pack(out);
        self.concept.pack(out);
    }

    fn unpack(input: &mut &[u8]) -> Option<Self> {
        let name = Text { zh: Pack::unpack(input)?, en: Pack::unpack(input)? };
        let (hint, holder) = (Pack::unpack(input)?, Pack::unpack(input)?);
        Some(Self { name, hint, holder, shared: Pack::unpack(input)?, concept: Pack::unpack(input)? })
    }
}

impl Pack for Standard {
    fn pack(&self, out: &mut Packer) {
        self.level().pack(out);
        self.figures().to_vec().pack(out);
        self.groups().to_vec().pack(out);
        self.departments().to_vec().pack(out);
        self.clauses().to_vec().pack(out);
    }

    fn unpack(input: &mut &[u8]) -> Option<Self> {
        let level = Pack::unpack(input)?;
        let (figures, groups) = (Pack::unpack(input)?, Pack::unpack(input)?);
        let (departments, clauses) = (Pack::unpack(input)?, Pack::unpack(input)?);
        Self::new(level, figures, groups, departments, clauses).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::builtin;

    #[test]
    fn what_is_unpacked_is_what_was_packed() {
        for bundle in builtin::bundles().unwrap() {
            for language in [Language::Chinese, Language::English] {
                let bytes = pack_bundle(&bundle, language);
                let again = unpack_bundle(&bytes).unwrap_or_else(|| panic!("{} is not whole", bundle.document.id));
                assert_eq!(pack_bundle(&again, language), bytes, "{}", bundle.document.id);
                let (one, other) = (&bundle.document.standard, &again.document.standard);
                assert_eq!(one.clauses(), other.clauses());
                assert_eq!(one.figures(), other.figures());
                assert_eq!(one.groups(), other.groups());
                assert_eq!(one.departments(), other.departments());
                let name = |text: &Text| if language == Language::Chinese { text.zh.clone() } else { text.en.clone() };
                assert_eq!(again.document.clauses.len(), bundle.document.clauses.len());
                for (one, other) in bundle.document.clauses.iter().zip(&again.document.clauses) {
                    assert_eq!(
                        (name(&one.name), &one.reference, one.note.as_ref().map(name)),
                        (other.name.zh.clone(), &other.reference, other.note.as_ref().map(|note| note.zh.clone()))
                    );
                }
                assert_eq!(again.samples.len(), bundle.samples.len());
            }
        }
    }

    #[test]
    fn damaged_bytes_are_refused_and_never_crash() {
        let bundle = builtin::bundles().unwrap().remove(0);
        let bytes = pack_bundle(&bundle, Language::Chinese);
        for cut in (0..bytes.len()).step_by(2_003) {
            assert!(unpack_bundle(&bytes[..cut]).is_none(), "cut at {cut}");
        }
        for position in (0..bytes.len()).step_by(1_009) {
            let mut damaged = bytes.clone();
            damaged[position] ^= 0xff;
            let _ = unpack_bundle(&damaged);
        }
        assert!(unpack_bundle(&[&bytes[..], &[0]].concat()).is_none(), "a byte too many");
    }
}
