//! Kinds of bodies.

/// What a body is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BodyKind {
    /// An organ of the Party.
    Party,
    /// National Assembly, people's councils.
    Assembly,
    /// President of the state.
    President,
    /// Government, prime minister, people's committees.
    Government,
    /// Ministry or agency of that rank.
    Ministry,
    /// Other central agencies and their branches.
    Agency,
    /// Provincial department (Sở).
    Department,
    /// District office (Phòng), office of a committee (Văn phòng).
    Office,
    /// Standing council.
    Council,
    /// Steering committee, command centre, working group.
    Steering,
    /// Court.
    Court,
    /// Procuracy.
    Procuracy,
    /// State audit.
    Audit,
    /// Police.
    Police,
    /// Army and border guard.
    Army,
    /// Fatherland Front.
    Front,
    /// Mass organisations and associations.
    Mass,
    /// Media and portals.
    Media,
    /// Centres, institutes, hospitals, schools.
    Unit,
    /// State companies.
    Company,
}

/// Words of the table for them.
pub(super) const KINDS: &[(&str, BodyKind)] = &[
    ("party", BodyKind::Party),
    ("assembly", BodyKind::Assembly),
    ("president", BodyKind::President),
    ("government", BodyKind::Government),
    ("ministry", BodyKind::Ministry),
    ("agency", BodyKind::Agency),
    ("department", BodyKind::Department),
    ("office", BodyKind::Office),
    ("council", BodyKind::Council),
    ("steering", BodyKind::Steering),
    ("court", BodyKind::Court),
    ("procuracy", BodyKind::Procuracy),
    ("audit", BodyKind::Audit),
    ("police", BodyKind::Police),
    ("army", BodyKind::Army),
    ("front", BodyKind::Front),
    ("mass", BodyKind::Mass),
    ("media", BodyKind::Media),
    ("unit", BodyKind::Unit),
    ("company", BodyKind::Company),
];
