//! Units: what a number measures and how it converts.
//!
//! Conversion happens only between units of one dimension, and exactly.
//! Percent and percentage point are different units and do not convert.

use crate::number::Exact;

/// What a unit measures, as exponents of base quantities, or that it only orders.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dimension {
    /// Exponents of person, household, yuan, metre, kilogram, minute and counted things.
    Measured([i8; 7]),
    /// A place in an order or a point in time: ranks, grades, years. Not for formulas.
    Ordinal,
    /// A difference of two percentages. Not for formulas.
    Difference,
}

/// How a number of the unit is written beside the unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notation {
    /// The number, then the unit.
    Plain,
    /// `1:n`; the number is n.
    OneTo,
    /// `n:1`; the number is n.
    ToOne,
}

macro_rules! units {
    ($($name:ident $id:literal $symbol:literal $dimension:expr, $numerator:literal / $denominator:literal, $whole:literal;)+) => {
        /// A unit of measurement.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Unit {
            $(
                #[doc = concat!("`", $id, "`: ", $symbol)]
                $name,
            )+
        }

        impl Unit {
            /// Every unit.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The id used in standard files.
            #[must_use]
            pub fn id(self) -> &'static str {
                match self { $(Self::$name => $id,)+ }
            }

            /// The symbol that documents print.
            #[must_use]
            pub fn symbol(self) -> &'static str {
                match self { $(Self::$name => $symbol,)+ }
            }

            /// What the unit measures.
            #[must_use]
            pub fn dimension(self) -> Dimension {
                match self { $(Self::$name => $dimension,)+ }
            }

            /// How many base units of its dimension make one of this unit.
            #[must_use]
            pub const fn scale(self) -> Exact {
                match self { $(Self::$name => Exact::reduced($numerator, $denominator),)+ }
            }

            /// Whether only whole numbers make sense.
            #[must_use]
            pub fn is_whole(self) -> bool {
                match self { $(Self::$name => $whole,)+ }
            }
        }
    };
}

const fn measured(person: i8, household: i8, yuan: i8, metre: i8, kilogram: i8, minute: i8, count: i8) -> Dimension {
    Dimension::Measured([person, household, yuan, metre, kilogram, minute, count])
}

const NUMBER: Dimension = measured(0, 0, 0, 0, 0, 0, 0);
const PERSON: Dimension = measured(1, 0, 0, 0, 0, 0, 0);
const HOUSEHOLD: Dimension = measured(0, 1, 0, 0, 0, 0, 0);
const MONEY: Dimension = measured(0, 0, 1, 0, 0, 0, 0);
const LENGTH: Dimension = measured(0, 0, 0, 1, 0, 0, 0);
const AREA: Dimension = measured(0, 0, 0, 2, 0, 0, 0);
const MASS: Dimension = measured(0, 0, 0, 0, 1, 0, 0);
const TIME: Dimension = measured(0, 0, 0, 0, 0, 1, 0);
const COUNT: Dimension = measured(0, 0, 0, 0, 0, 0, 1);
const AREA_PER_PERSON: Dimension = measured(-1, 0, 0, 2, 0, 0, 0);
const MONEY_PER_PERSON: Dimension = measured(-1, 0, 1, 0, 0, 0, 0);
const COUNT_PER_PERSON: Dimension = measured(-1, 0, 0, 0, 0, 0, 1);
const PERSON_PER_COUNT: Dimension = measured(1, 0, 0, 0, 0, 0, -1);

units! {
    Percent "percent" "%" NUMBER, 1 / 100, false;
    PercentagePoint "percentage_point" "百分点" Dimension::Difference, 1 / 1, false;
    Person "person" "人" PERSON, 1 / 1, true;
    WanPerson "wan_person" "万人" PERSON, 10_000 / 1, false;
    Staff "staff" "名" PERSON, 1 / 1, true;
    Household "household" "户" HOUSEHOLD, 1 / 1, true;
    Yuan "yuan" "元" MONEY, 1 / 1, false;
    WanYuan "wan_yuan" "万元" MONEY, 10_000 / 1, false;
    YiYuan "yi_yuan" "亿元" MONEY, 100_000_000 / 1, false;
    SquareMetre "square_metre" "平方米" AREA, 1 / 1, false;
    SquareKilometre "square_kilometre" "平方公里" AREA, 1_000_000 / 1, false;
    Mu "mu" "亩" AREA, 2_000 / 3, false;
    WanMu "wan_mu" "万亩" AREA, 20_000_000 / 3, false;
    Kilometre "kilometre" "公里" LENGTH, 1_000 / 1, false;
    Minute "minute" "分钟" TIME, 1 / 1, false;
    Ton "ton" "吨" MASS, 1_000 / 1, false;
    WanTon "wan_ton" "万吨" MASS, 10_000_000 / 1, false;
    Item "item" "个" COUNT, 1 / 1, true;
    Enterprise "enterprise" "家" COUNT, 1 / 1, true;
    Establishment "establishment" "所" COUNT, 1 / 1, true;
    Site "site" "处" COUNT, 1 / 1, true;
    Seat "seat" "座" COUNT, 1 / 1, true;
    Street "street" "条" COUNT, 1 / 1, true;
    Project "project" "项" COUNT, 1 / 1, true;
    Bed "bed" "张" COUNT, 1 / 1, true;
    Dwelling "dwelling" "套" COUNT, 1 / 1, true;
    WanDwelling "wan_dwelling" "万套" COUNT, 10_000 / 1, false;
    Lift "lift" "部" COUNT, 1 / 1, true;
    SquareMetrePerPerson "square_metre_per_person" "平方米/人" AREA_PER_PERSON, 1 / 1, false;
    StaffPerWanPerson "staff_per_wan_person" "名/万人" NUMBER, 1 / 10_000, false;
    BedPerThousandPerson "bed_per_thousand_person" "张/千人" COUNT_PER_PERSON, 1 / 1_000, false;
    YuanPerPerson "yuan_per_person" "元/人" MONEY_PER_PERSON, 1 / 1, false;
    WanYuanPerPerson "wan_yuan_per_person" "万元/人" MONEY_PER_PERSON, 10_000 / 1, false;
    StaffPerItem "staff_per_item" "名/个" PERSON_PER_COUNT, 1 / 1, false;
    Rank "rank" "位次" Dimension::Ordinal, 1 / 1, true;
    Grade "grade" "级" Dimension::Ordinal, 1 / 1, true;
    Year "year" "年" Dimension::Ordinal, 1 / 1, true;
    OneTo "one_to" "1:n" NUMBER, 1 / 1, false;
    ToOne "to_one" "n:1" NUMBER, 1 / 1, false;
}

impl Unit {
    /// The unit with this id.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|unit| unit.id() == id)
    }

    /// How a number of this unit is written.
    #[must_use]
    pub fn notation(self) -> Notation {
        match self {
            Self::OneTo => Notation::OneTo,
            Self::ToOne => Notation::ToOne,
            _ => Notation::Plain,
        }
    }

    /// The unit above the fraction bar. A number per head is often typed with that alone: `15平方米`.
    #[must_use]
    pub fn numerator(self) -> Option<Self> {
        match self {
            Self::SquareMetrePerPerson => Some(Self::SquareMetre),
            Self::StaffPerWanPerson | Self::StaffPerItem => Some(Self::Staff),
            Self::BedPerThousandPerson => Some(Self::Bed),
            Self::YuanPerPerson => Some(Self::Yuan),
            Self::WanYuanPerPerson => Some(Self::WanYuan),
            _ => None,
        }
    }

    /// The unit that 万 and 亿 multiply when they are typed behind a number of this unit:
    /// in a field in 万人 or in 人, `2.3万` is 23 000 人.
    #[must_use]
    pub fn counting_unit(self) -> Self {
        match self {
            Self::WanPerson => Self::Person,
            Self::WanYuan | Self::YiYuan => Self::Yuan,
            Self::WanMu => Self::Mu,
            Self::WanTon => Self::Ton,
            Self::WanDwelling => Self::Dwelling,
            Self::WanYuanPerPerson => Self::YuanPerPerson,
            other => other,
        }
    }
}

impl Dimension {
    /// No dimension: shares and ratios.
    pub const NUMBER: Self = NUMBER;

    /// The dimension of a product; `None` if one of the two cannot be calculated with.
    #[must_use]
    pub fn times(self, other: Self) -> Option<Self> {
        self.combine(other, i8::checked_add)
    }

    /// The dimension of a quotient; `None` if one of the two cannot be calculated with.
    #[must_use]
    pub fn over(self, other: Self) -> Option<Self> {
        self.combine(other, i8::checked_sub)
    }

    fn combine(self, other: Self, operation: fn(i8, i8) -> Option<i8>) -> Option<Self> {
        let (Self::Measured(left), Self::Measured(right)) = (self, other) else {
            return None;
        };
        let mut exponents = [0; 7];
        for ((exponent, left), right) in exponents.iter_mut().zip(left).zip(right) {
            *exponent = operation(left, right)?;
        }
        Some(Self::Measured(exponents))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_unique_and_found() {
        for unit in Unit::ALL {
            assert_eq!(Unit::from_id(unit.id()), Some(*unit));
        }
        assert_eq!(Unit::from_id("furlong"), None);
    }

    #[test]
    fn scales_are_reduced() {
        for unit in Unit::ALL {
            let scale = unit.scale();
            assert_eq!(Exact::ratio(scale.numerator(), scale.denominator()), Ok(scale), "{unit:?}");
        }
    }

    #[test]
    fn fifteen_mu_are_a_hectare() {
        let hectare = Unit::Mu.scale().times(Exact::from(15_u32)).unwrap();
        assert_eq!(hectare.to_string(), "10000");
    }

    #[test]
    fn area_over_population_is_area_per_person() {
        let quotient = Unit::SquareKilometre.dimension().over(Unit::WanPerson.dimension());
        assert_eq!(quotient, Some(Unit::SquareMetrePerPerson.dimension()));
        assert_eq!(Unit::Year.dimension().over(Unit::Person.dimension()), None);
    }
}
